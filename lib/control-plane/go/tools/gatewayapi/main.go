// Gatewayapi stands in for Argo Rollouts' plugin argoproj-labs/gatewayAPI, which cannot be had as a Go module.
//
// Argo Rollouts starts it and calls it over RPC as it does the real one. Of HTTPRoutes and GRPCRoutes that a Rollout names it sets
// the weights of the Services of both versions. Other routes, header routes and mirrors are refused by name; the label by which the
// real one marks a route during a canary is not set.
package main

import (
	"context"
	"encoding/json"
	"fmt"

	"github.com/argoproj/argo-rollouts/pkg/apis/rollouts/v1alpha1"
	"github.com/argoproj/argo-rollouts/rollout/trafficrouting/plugin/rpc"
	"github.com/argoproj/argo-rollouts/utils/plugin/types"
	"github.com/hashicorp/go-plugin"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/runtime/schema"
	"k8s.io/client-go/dynamic"
	"k8s.io/client-go/tools/clientcmd"
)

const name = "argoproj-labs/gatewayAPI"

func main() {
	plugin.Serve(&plugin.ServeConfig{
		HandshakeConfig: plugin.HandshakeConfig{ProtocolVersion: 1, MagicCookieKey: "ARGO_ROLLOUTS_RPC_PLUGIN", MagicCookieValue: "trafficrouter"},
		Plugins:         map[string]plugin.Plugin{"RpcTrafficRouterPlugin": &rpc.RpcTrafficRouterPlugin{Impl: &router{}}},
	})
}

// settings are what a Rollout says to the plugin, as far as it is honoured.
type settings struct {
	Namespace  string      `json:"namespace"`
	HTTPRoutes []reference `json:"httpRoutes"`
	GRPCRoutes []reference `json:"grpcRoutes"`
	TCPRoutes  []reference `json:"tcpRoutes"`
	TLSRoutes  []reference `json:"tlsRoutes"`
}

type reference struct {
	Name string `json:"name"`
}

type router struct {
	client dynamic.Interface
}

// InitPlugin connects with the kubeconfig of the controller.
func (r *router) InitPlugin() types.RpcError {
	rules := clientcmd.NewDefaultClientConfigLoadingRules()
	config, err := clientcmd.NewNonInteractiveDeferredLoadingClientConfig(rules, &clientcmd.ConfigOverrides{}).ClientConfig()
	if err == nil {
		r.client, err = dynamic.NewForConfig(config)
	}
	return told(err)
}

func (r *router) UpdateHash(*v1alpha1.Rollout, string, string, []v1alpha1.WeightDestination) types.RpcError {
	return types.RpcError{}
}

// SetWeight sends a share of the traffic to the new version, and what no other destination gets to the running one.
func (r *router) SetWeight(rollout *v1alpha1.Rollout, weight int32, additional []v1alpha1.WeightDestination) types.RpcError {
	canary := rollout.Spec.Strategy.Canary
	weights := map[string]int64{canary.CanaryService: int64(weight)}
	rest := 100 - int64(weight)
	for _, each := range additional {
		weights[each.ServiceName] = int64(each.Weight)
		rest -= int64(each.Weight)
	}
	weights[canary.StableService] = rest
	return told(r.change(rollout, weights))
}

func (r *router) SetHeaderRoute(_ *v1alpha1.Rollout, route *v1alpha1.SetHeaderRoute) types.RpcError {
	if len(route.Match) == 0 {
		return types.RpcError{}
	}
	return told(fmt.Errorf("the stand-in for %s does no header routes, got %s", name, route.Name))
}

func (r *router) SetMirrorRoute(_ *v1alpha1.Rollout, route *v1alpha1.SetMirrorRoute) types.RpcError {
	return told(fmt.Errorf("the stand-in for %s does no mirrors, got %s", name, route.Name))
}

// VerifyWeight has nothing to wait for: the weights are in the objects.
func (r *router) VerifyWeight(*v1alpha1.Rollout, int32, []v1alpha1.WeightDestination) (types.RpcVerified, types.RpcError) {
	return types.Verified, types.RpcError{}
}

func (r *router) RemoveManagedRoutes(*v1alpha1.Rollout) types.RpcError {
	return types.RpcError{}
}

func (r *router) Type() string {
	return name
}

// change sets the weights of Services in every route that a Rollout names.
func (r *router) change(rollout *v1alpha1.Rollout, weights map[string]int64) error {
	var said settings
	if err := json.Unmarshal(rollout.Spec.Strategy.Canary.TrafficRouting.Plugins[name], &said); err != nil {
		return err
	}
	if len(said.TCPRoutes) > 0 || len(said.TLSRoutes) > 0 {
		return fmt.Errorf("the stand-in for %s does HTTPRoutes and GRPCRoutes only", name)
	}
	namespace := said.Namespace
	if namespace == "" {
		namespace = rollout.Namespace
	}
	for resource, routes := range map[string][]reference{"httproutes": said.HTTPRoutes, "grpcroutes": said.GRPCRoutes} {
		kind := schema.GroupVersionResource{Group: "gateway.networking.k8s.io", Version: "v1", Resource: resource}
		for _, route := range routes {
			if err := reweigh(r.client.Resource(kind).Namespace(namespace), route.Name, weights); err != nil {
				return err
			}
		}
	}
	return nil
}

func reweigh(routes dynamic.ResourceInterface, route string, weights map[string]int64) error {
	object, err := routes.Get(context.Background(), route, metav1.GetOptions{})
	if err != nil {
		return err
	}
	changed := false
	for _, backend := range backends(object.Object) {
		service, _ := backend["name"].(string)
		if weight, ours := weights[service]; ours && backend["weight"] != weight {
			backend["weight"] = weight
			changed = true
		}
	}
	if !changed {
		return nil
	}
	_, err = routes.Update(context.Background(), object, metav1.UpdateOptions{FieldManager: "gatewayapi-stand-in"})
	return err
}

// backends are the references of all rules, to be changed in place.
func backends(object map[string]any) []map[string]any {
	spec, _ := object["spec"].(map[string]any)
	rules, _ := spec["rules"].([]any)
	var found []map[string]any
	for _, rule := range rules {
		fields, _ := rule.(map[string]any)
		references, _ := fields["backendRefs"].([]any)
		for _, each := range references {
			if backend, ok := each.(map[string]any); ok {
				found = append(found, backend)
			}
		}
	}
	return found
}

func told(err error) types.RpcError {
	if err == nil {
		return types.RpcError{}
	}
	return types.RpcError{ErrorString: err.Error()}
}
