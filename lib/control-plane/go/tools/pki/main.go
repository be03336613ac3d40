// Pki writes the keys and certificates of one throw-away control plane into an existing folder: one authority, a
// certificate for each server and client, and the key pair that signs service account tokens. All are valid for a day.
//
//	pki FOLDER
package main

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/pem"
	"fmt"
	"math/big"
	"net"
	"os"
	"path/filepath"
	"time"
)

// authority signs the other certificates and is the only one that anything trusts.
type authority struct {
	folder      string
	certificate *x509.Certificate
	key         *ecdsa.PrivateKey
	serial      int64
}

func main() {
	if len(os.Args) != 2 {
		fmt.Fprintln(os.Stderr, "pki: expected one folder")
		os.Exit(2)
	}
	if err := write(os.Args[1]); err != nil {
		fmt.Fprintln(os.Stderr, "pki:", err)
		os.Exit(1)
	}
}

func write(folder string) error {
	ca, err := newAuthority(folder)
	if err != nil {
		return err
	}
	loopback := []net.IP{net.IPv4(127, 0, 0, 1)}
	server, client := x509.ExtKeyUsageServerAuth, x509.ExtKeyUsageClientAuth
	for _, leaf := range []struct {
		file string
		x509.Certificate
	}{
		{"apiserver", x509.Certificate{
			Subject:     pkix.Name{CommonName: "kube-apiserver"},
			ExtKeyUsage: []x509.ExtKeyUsage{server},
			IPAddresses: append(loopback, net.IPv4(10, 96, 0, 1)),
			DNSNames:    []string{"localhost", "kubernetes", "kubernetes.default", "kubernetes.default.svc", "kubernetes.default.svc.cluster.local"},
		}},
		{"admin", x509.Certificate{
			Subject:     pkix.Name{CommonName: "e2e-admin", Organization: []string{"system:masters"}},
			ExtKeyUsage: []x509.ExtKeyUsage{client},
		}},
		{"etcd", x509.Certificate{
			Subject:     pkix.Name{CommonName: "etcd"},
			ExtKeyUsage: []x509.ExtKeyUsage{server, client},
			IPAddresses: loopback,
		}},
	} {
		if err := ca.issue(leaf.file, leaf.Certificate); err != nil {
			return err
		}
	}
	return signingKey(folder)
}

func newAuthority(folder string) (*authority, error) {
	key, err := newKey(folder, "ca.key")
	if err != nil {
		return nil, err
	}
	template := valid(x509.Certificate{
		SerialNumber:          big.NewInt(1),
		Subject:               pkix.Name{CommonName: "slipway-e2e-ca"},
		KeyUsage:              x509.KeyUsageCertSign | x509.KeyUsageDigitalSignature,
		IsCA:                  true,
		BasicConstraintsValid: true,
	})
	der, err := x509.CreateCertificate(rand.Reader, &template, &template, &key.PublicKey, key)
	if err != nil {
		return nil, err
	}
	certificate, err := x509.ParseCertificate(der)
	if err != nil {
		return nil, err
	}
	return &authority{folder, certificate, key, 1}, put(folder, "ca.crt", "CERTIFICATE", der)
}

// issue writes FILE.key and FILE.crt.
func (ca *authority) issue(file string, template x509.Certificate) error {
	key, err := newKey(ca.folder, file+".key")
	if err != nil {
		return err
	}
	ca.serial++
	template.SerialNumber = big.NewInt(ca.serial)
	template.KeyUsage = x509.KeyUsageDigitalSignature
	template = valid(template)
	der, err := x509.CreateCertificate(rand.Reader, &template, ca.certificate, &key.PublicKey, ca.key)
	if err != nil {
		return err
	}
	return put(ca.folder, file+".crt", "CERTIFICATE", der)
}

// valid sets the times: from an hour ago, since clocks differ, until tomorrow.
func valid(template x509.Certificate) x509.Certificate {
	template.NotBefore, template.NotAfter = time.Now().Add(-time.Hour), time.Now().Add(24*time.Hour)
	return template
}

// signingKey writes the pair that signs and checks service account tokens.
func signingKey(folder string) error {
	key, err := newKey(folder, "sa.key")
	if err != nil {
		return err
	}
	der, err := x509.MarshalPKIXPublicKey(&key.PublicKey)
	if err != nil {
		return err
	}
	return put(folder, "sa.pub", "PUBLIC KEY", der)
}

func newKey(folder, file string) (*ecdsa.PrivateKey, error) {
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		return nil, err
	}
	der, err := x509.MarshalECPrivateKey(key)
	if err != nil {
		return nil, err
	}
	return key, put(folder, file, "EC PRIVATE KEY", der)
}

func put(folder, file, kind string, der []byte) error {
	return os.WriteFile(filepath.Join(folder, file), pem.EncodeToMemory(&pem.Block{Type: kind, Bytes: der}), 0o600)
}
