// Command sshgit serves the bare repositories of a folder over SSH on 127.0.0.1, to the keys that a file lists at that moment: a line is
// `read` or `write` and a public key. It prints its port and its host key as JSON, and ends with its standard input.
package main

import (
	"bufio"
	"bytes"
	"crypto/ed25519"
	"crypto/rand"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"

	"golang.org/x/crypto/ssh"
)

var asked = regexp.MustCompile(`^git[- ](upload-pack|receive-pack) '/?([\w.-]+)'$`)

func main() {
	if err := serve(os.Args[1], os.Args[2]); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func serve(folder, keys string) error {
	_, private, err := ed25519.GenerateKey(rand.Reader)
	if err != nil {
		return err
	}
	signer, err := ssh.NewSignerFromKey(private)
	if err != nil {
		return err
	}
	config := &ssh.ServerConfig{PublicKeyCallback: func(_ ssh.ConnMetadata, key ssh.PublicKey) (*ssh.Permissions, error) {
		right, err := rightOf(keys, key)
		if err != nil {
			return nil, err
		}
		return &ssh.Permissions{Extensions: map[string]string{"right": right}}, nil
	}}
	config.AddHostKey(signer)
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return err
	}
	told := map[string]any{"port": listener.Addr().(*net.TCPAddr).Port, "hostKey": strings.TrimSpace(string(ssh.MarshalAuthorizedKey(signer.PublicKey())))}
	if err := json.NewEncoder(os.Stdout).Encode(told); err != nil {
		return err
	}
	go func() {
		for {
			connection, err := listener.Accept()
			if err != nil {
				return
			}
			go handle(connection, config, folder)
		}
	}()
	_, err = io.Copy(io.Discard, os.Stdin)
	return err
}

func rightOf(file string, key ssh.PublicKey) (string, error) {
	text, err := os.ReadFile(file)
	if err != nil {
		return "", err
	}
	for lines := bufio.NewScanner(bytes.NewReader(text)); lines.Scan(); {
		right, line, _ := strings.Cut(lines.Text(), " ")
		listed, _, _, _, err := ssh.ParseAuthorizedKey([]byte(line))
		if err == nil && bytes.Equal(listed.Marshal(), key.Marshal()) {
			return right, nil
		}
	}
	return "", errors.New("this key isn't let in")
}

func handle(connection net.Conn, config *ssh.ServerConfig, folder string) {
	client, channels, requests, err := ssh.NewServerConn(connection, config)
	if err != nil {
		return
	}
	defer client.Close()
	go ssh.DiscardRequests(requests)
	for opened := range channels {
		if opened.ChannelType() != "session" {
			_ = opened.Reject(ssh.UnknownChannelType, "sessions only")
			continue
		}
		channel, inner, err := opened.Accept()
		if err != nil {
			return
		}
		go session(channel, inner, folder, client.Permissions.Extensions["right"])
	}
}

func session(channel ssh.Channel, requests <-chan *ssh.Request, folder, right string) {
	defer channel.Close()
	for request := range requests {
		var command struct{ Text string }
		if request.Type != "exec" || ssh.Unmarshal(request.Payload, &command) != nil {
			_ = request.Reply(request.Type == "env", nil)
			continue
		}
		_ = request.Reply(true, nil)
		_, _ = channel.SendRequest("exit-status", false, ssh.Marshal(struct{ Status uint32 }{run(channel, command.Text, folder, right)}))
		return
	}
}

func run(channel ssh.Channel, command, folder, right string) uint32 {
	found := asked.FindStringSubmatch(command)
	if found == nil {
		fmt.Fprintln(channel.Stderr(), "git alone is served here")
		return 128
	}
	if found[1] == "receive-pack" && right != "write" {
		fmt.Fprintln(channel.Stderr(), "this key may only read")
		return 128
	}
	git := exec.Command("git", found[1], filepath.Join(folder, found[2]))
	git.Stdout, git.Stderr = channel, channel.Stderr()
	input, err := git.StdinPipe()
	if err != nil || git.Start() != nil {
		return 128
	}
	go func() {
		_, _ = io.Copy(input, channel)
		_ = input.Close()
	}()
	if git.Wait() != nil {
		return 128
	}
	return 0
}
