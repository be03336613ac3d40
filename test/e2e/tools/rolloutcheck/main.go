// rolloutcheck says what Argo Rollouts' own validation refuses in Rollouts, with the objects that they name: what a user would
// otherwise get as the condition InvalidSpec when the Rollout is in the cluster.
//
// Each line of the input is a JSON object: rollout, and objects (Services, Ingresses, VirtualServices, AnalysisTemplates and
// ClusterAnalysisTemplates). Each line of the output is a JSON list of errors, empty when nothing is refused.
//
// Called with "counts", it says how many pods each version has when a canary has come to rest at its weight: each line of the
// input is a Rollout, each line of the output a JSON list of the new version's pods and all pods.
package main

import (
	"bufio"
	"encoding/json"
	"fmt"
	"io"
	"log"
	"os"

	appsv1 "k8s.io/api/apps/v1"
	corev1 "k8s.io/api/core/v1"
	networkingv1 "k8s.io/api/networking/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
	"k8s.io/apimachinery/pkg/util/validation/field"

	"github.com/argoproj/argo-rollouts/pkg/apis/rollouts/v1alpha1"
	"github.com/argoproj/argo-rollouts/pkg/apis/rollouts/validation"
	analysisutil "github.com/argoproj/argo-rollouts/utils/analysis"
	ingressutil "github.com/argoproj/argo-rollouts/utils/ingress"
	istioutil "github.com/argoproj/argo-rollouts/utils/istio"
	replicasetutil "github.com/argoproj/argo-rollouts/utils/replicaset"
)

type line struct {
	Rollout json.RawMessage   `json:"rollout"`
	Objects []json.RawMessage `json:"objects"`
}

func main() {
	decoder := json.NewDecoder(bufio.NewReaderSize(os.Stdin, 1<<20))
	out := bufio.NewWriter(os.Stdout)
	defer out.Flush()
	encoder := json.NewEncoder(out)
	if len(os.Args) > 1 && os.Args[1] == "counts" {
		counts(decoder, encoder)
		return
	}
	for {
		var in line
		if err := decoder.Decode(&in); err == io.EOF {
			return
		} else if err != nil {
			log.Fatal(err)
		}
		if err := encoder.Encode(check(in)); err != nil {
			log.Fatal(err)
		}
	}
}

func check(in line) (found []string) {
	found = []string{}
	// The controller survives a panic of its own validation, and tries again for ever.
	defer func() {
		if cause := recover(); cause != nil {
			found = append(found, fmt.Sprintf("panic: %v", cause))
		}
	}()
	var rollout v1alpha1.Rollout
	if err := json.Unmarshal(in.Rollout, &rollout); err != nil {
		return []string{"decode: " + err.Error()}
	}
	world, err := worldOf(in.Objects)
	if err != nil {
		return []string{"decode: " + err.Error()}
	}
	for _, err := range validation.ValidateRollout(&rollout) {
		found = append(found, err.Error())
	}
	if len(found) > 0 {
		return found
	}
	resources, errs := world.referenced(&rollout)
	for _, err := range errs {
		found = append(found, err.Error())
	}
	for _, err := range validation.ValidateRolloutReferencedResources(&rollout, resources) {
		found = append(found, err.Error())
	}
	// The metrics are judged when the analysis starts: an error there fails the rollout on its way.
	for _, templates := range resources.AnalysisTemplatesWithType {
		run, err := analysisutil.NewAnalysisRunFromTemplates(templates.AnalysisTemplates, templates.ClusterAnalysisTemplates, withValues(templates), nil, nil, nil, nil, "", "", "")
		if err != nil {
			continue
		}
		metrics := []v1alpha1.Metric{}
		for _, metric := range run.Spec.Metrics {
			resolved, err := analysisutil.ResolveMetricArgs(metric, run.Spec.Args)
			if err != nil {
				found = append(found, err.Error())
				continue
			}
			metrics = append(metrics, *resolved)
		}
		if err := analysisutil.ValidateMetrics(metrics); err != nil {
			found = append(found, "analysis: "+err.Error())
		}
	}
	return found
}

// withValues gives every argument a value where only the cluster knows it.
func withValues(templates validation.AnalysisTemplatesWithType) []v1alpha1.Argument {
	arguments := []v1alpha1.Argument{}
	for _, arg := range templates.Args {
		value := arg.Value
		if arg.ValueFrom != nil {
			value = "1"
		}
		arguments = append(arguments, v1alpha1.Argument{Name: arg.Name, Value: &value})
	}
	return arguments
}

func counts(decoder *json.Decoder, encoder *json.Encoder) {
	for {
		var rollout v1alpha1.Rollout
		if err := decoder.Decode(&rollout); err == io.EOF {
			return
		} else if err != nil {
			log.Fatal(err)
		}
		if err := encoder.Encode(settled(&rollout)); err != nil {
			log.Fatal(err)
		}
	}
}

// settled lets the controller's arithmetic run until it changes nothing any more, every pod being available at once.
func settled(rollout *v1alpha1.Rollout) []int32 {
	step := int32(0)
	rollout.Status = v1alpha1.RolloutStatus{CurrentStepIndex: &step, StableRS: "stable", CurrentPodHash: "new"}
	fresh, stable := replicaSet("new", 0), replicaSet("stable", *rollout.Spec.Replicas)
	for {
		wantedFresh, wantedStable := replicasetutil.CalculateReplicaCountsForBasicCanary(rollout, fresh, stable, nil)
		if wantedFresh == *fresh.Spec.Replicas && wantedStable == *stable.Spec.Replicas {
			return []int32{wantedFresh, wantedFresh + wantedStable}
		}
		fresh, stable = replicaSet("new", wantedFresh), replicaSet("stable", wantedStable)
	}
}

func replicaSet(name string, replicas int32) *appsv1.ReplicaSet {
	return &appsv1.ReplicaSet{
		ObjectMeta: metav1.ObjectMeta{Name: name, Labels: map[string]string{v1alpha1.DefaultRolloutUniqueLabelKey: name}},
		Spec:       appsv1.ReplicaSetSpec{Replicas: &replicas},
		Status:     appsv1.ReplicaSetStatus{Replicas: replicas, AvailableReplicas: replicas},
	}
}

type world struct {
	services         map[string]*corev1.Service
	ingresses        map[string]*networkingv1.Ingress
	virtualServices  map[string]unstructured.Unstructured
	templates        map[string]*v1alpha1.AnalysisTemplate
	clusterTemplates map[string]*v1alpha1.ClusterAnalysisTemplate
}

func worldOf(objects []json.RawMessage) (world, error) {
	made := world{map[string]*corev1.Service{}, map[string]*networkingv1.Ingress{}, map[string]unstructured.Unstructured{}, map[string]*v1alpha1.AnalysisTemplate{}, map[string]*v1alpha1.ClusterAnalysisTemplate{}}
	for _, raw := range objects {
		var object unstructured.Unstructured
		if err := json.Unmarshal(raw, &object.Object); err != nil {
			return made, err
		}
		var err error
		switch object.GetKind() {
		case "Service":
			made.services[object.GetName()], err = read[corev1.Service](raw)
		case "Ingress":
			made.ingresses[object.GetName()], err = read[networkingv1.Ingress](raw)
		case "VirtualService":
			made.virtualServices[object.GetName()] = object
		case "AnalysisTemplate":
			made.templates[object.GetName()], err = read[v1alpha1.AnalysisTemplate](raw)
		case "ClusterAnalysisTemplate":
			made.clusterTemplates[object.GetName()], err = read[v1alpha1.ClusterAnalysisTemplate](raw)
		}
		if err != nil {
			return made, err
		}
	}
	return made, nil
}

func read[T any](raw json.RawMessage) (*T, error) {
	into := new(T)
	return into, json.Unmarshal(raw, into)
}

// referenced looks up what the controller looks up before it validates.
func (w world) referenced(rollout *v1alpha1.Rollout) (validation.ReferencedResources, []error) {
	resources := validation.ReferencedResources{}
	errs := []error{}
	strategy := rollout.Spec.Strategy
	service := func(name string, role validation.ServiceType) {
		if name == "" {
			return
		}
		if found, ok := w.services[name]; ok {
			resources.ServiceWithType = append(resources.ServiceWithType, validation.ServiceWithType{Service: found, Type: role})
		} else {
			errs = append(errs, field.Invalid(validation.GetServiceWithTypeFieldPath(role), name, "service not found"))
		}
	}
	analysis := func(use *v1alpha1.RolloutAnalysis, role validation.AnalysisTemplateType, step int) {
		if use == nil {
			return
		}
		found := validation.AnalysisTemplatesWithType{TemplateType: role, CanaryStepIndex: step, Args: use.Args}
		errs = append(errs, w.templatesOf(use.Templates, &found)...)
		found.AnalysisTemplates, found.ClusterAnalysisTemplates = analysisutil.FilterUniqueTemplates(found.AnalysisTemplates, found.ClusterAnalysisTemplates)
		resources.AnalysisTemplatesWithType = append(resources.AnalysisTemplatesWithType, found)
	}
	if blueGreen := strategy.BlueGreen; blueGreen != nil {
		service(blueGreen.ActiveService, validation.ActiveService)
		service(blueGreen.PreviewService, validation.PreviewService)
		analysis(blueGreen.PrePromotionAnalysis, validation.PrePromotionAnalysis, 0)
		analysis(blueGreen.PostPromotionAnalysis, validation.PostPromotionAnalysis, 0)
	}
	canary := strategy.Canary
	if canary == nil {
		return resources, errs
	}
	service(canary.StableService, validation.StableService)
	service(canary.CanaryService, validation.CanaryService)
	if canary.PingPong != nil {
		service(canary.PingPong.PingService, validation.PingService)
		service(canary.PingPong.PongService, validation.PongService)
	}
	for index, step := range canary.Steps {
		analysis(step.Analysis, validation.InlineAnalysis, index)
	}
	if canary.Analysis != nil {
		analysis(&canary.Analysis.RolloutAnalysis, validation.BackgroundAnalysis, 0)
	}
	for _, check := range []func(*v1alpha1.Rollout) error{validation.ValidateRolloutNginxIngressesConfig, validation.ValidateRolloutAlbIngressesConfig, validation.ValidateRolloutVirtualServicesConfig} {
		if err := check(rollout); err != nil {
			errs = append(errs, err)
		}
	}
	if len(errs) == 0 && canary.TrafficRouting != nil {
		errs = append(errs, w.routed(rollout, &resources)...)
	}
	return resources, errs
}

func (w world) templatesOf(references []v1alpha1.AnalysisTemplateRef, into *validation.AnalysisTemplatesWithType) []error {
	errs := []error{}
	for _, reference := range references {
		var inner []v1alpha1.AnalysisTemplateRef
		if reference.IsClusterScope() {
			template, ok := w.clusterTemplates[reference.TemplateName]
			if !ok {
				errs = append(errs, fmt.Errorf("ClusterAnalysisTemplate '%s' not found", reference.TemplateName))
				continue
			}
			into.ClusterAnalysisTemplates = append(into.ClusterAnalysisTemplates, template.DeepCopy())
			inner = template.Spec.Templates
		} else {
			template, ok := w.templates[reference.TemplateName]
			if !ok {
				errs = append(errs, fmt.Errorf("AnalysisTemplate '%s' not found", reference.TemplateName))
				continue
			}
			into.AnalysisTemplates = append(into.AnalysisTemplates, template.DeepCopy())
			inner = template.Spec.Templates
		}
		errs = append(errs, w.templatesOf(inner, into)...)
	}
	return errs
}

func (w world) routed(rollout *v1alpha1.Rollout, resources *validation.ReferencedResources) []error {
	errs := []error{}
	routing := rollout.Spec.Strategy.Canary.TrafficRouting
	names := []string{}
	switch {
	case routing.ALB != nil && routing.ALB.Ingresses != nil:
		names = routing.ALB.Ingresses
	case routing.ALB != nil:
		names = []string{routing.ALB.Ingress}
	case routing.Nginx != nil && routing.Nginx.StableIngresses != nil:
		names = routing.Nginx.StableIngresses
	case routing.Nginx != nil:
		names = []string{routing.Nginx.StableIngress}
	}
	for _, name := range names {
		if found, ok := w.ingresses[name]; ok {
			resources.Ingresses = append(resources.Ingresses, *ingressutil.NewIngress(found))
		} else {
			errs = append(errs, fmt.Errorf("ingress '%s' not found", name))
		}
	}
	if routing.Istio == nil {
		return errs
	}
	virtual := routing.Istio.VirtualServices
	if !istioutil.MultipleVirtualServiceConfigured(rollout) {
		virtual = []v1alpha1.IstioVirtualService{*routing.Istio.VirtualService}
	}
	for _, each := range virtual {
		_, name := istioutil.GetVirtualServiceNamespaceName(each.Name)
		if found, ok := w.virtualServices[name]; ok {
			resources.VirtualServices = append(resources.VirtualServices, found)
		} else {
			errs = append(errs, fmt.Errorf("VirtualService '%s' not found", name))
		}
	}
	return errs
}
