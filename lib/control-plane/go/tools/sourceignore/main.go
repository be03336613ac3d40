// Sourceignore says which files Flux's source-controller puts into an artifact: it reads paths, one a line, from standard
// input and writes those that the patterns of a file leave in. Flux's own matcher decides, which differs from Git's: a folder
// that a pattern leaves out is looked into nevertheless, so that a later pattern can take something of it in again.
package main

import (
	"bufio"
	"fmt"
	"os"
	"strings"

	"github.com/fluxcd/pkg/sourceignore"
)

func main() {
	if len(os.Args) != 2 {
		fmt.Fprintln(os.Stderr, "sourceignore: expected a file of patterns")
		os.Exit(2)
	}
	patterns, err := os.ReadFile(os.Args[1])
	if err != nil {
		fail(err)
	}
	matcher := sourceignore.NewDefaultMatcher(sourceignore.ReadPatterns(strings.NewReader(string(patterns)), nil), nil)
	out := bufio.NewWriter(os.Stdout)
	in := bufio.NewScanner(os.Stdin)
	for in.Scan() {
		if path := in.Text(); !matcher.Match(strings.Split(path, "/"), false) {
			fmt.Fprintln(out, path)
		}
	}
	if err := in.Err(); err != nil {
		fail(err)
	}
	if err := out.Flush(); err != nil {
		fail(err)
	}
}

func fail(err error) {
	fmt.Fprintln(os.Stderr, "sourceignore:", err)
	os.Exit(1)
}
