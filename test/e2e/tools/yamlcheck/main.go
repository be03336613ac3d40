// Yamlcheck reads YAML the way Kubernetes' own tools do: for each line of standard input, a JSON string that holds a YAML
// document, it writes a line with `{"value": …}` or `{"error": "…"}`.
package main

import (
	"bufio"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"

	"sigs.k8s.io/yaml"
)

type answer struct {
	Value json.RawMessage `json:"value,omitempty"`
	Error string          `json:"error,omitempty"`
}

func main() {
	out := bufio.NewWriter(os.Stdout)
	in := json.NewDecoder(bufio.NewReader(os.Stdin))
	encoder := json.NewEncoder(out)
	for {
		var document string
		if err := in.Decode(&document); errors.Is(err, io.EOF) {
			break
		} else if err != nil {
			fail(err)
		}
		if err := encoder.Encode(read(document)); err != nil {
			fail(err)
		}
	}
	if err := out.Flush(); err != nil {
		fail(err)
	}
}

// read is strict: a key that stands twice is an error too.
func read(document string) answer {
	value, err := yaml.YAMLToJSONStrict([]byte(document))
	if err != nil {
		return answer{Error: err.Error()}
	}
	return answer{Value: value}
}

func fail(err error) {
	fmt.Fprintln(os.Stderr, "yamlcheck:", err)
	os.Exit(1)
}
