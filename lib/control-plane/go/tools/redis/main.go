// Redis speaks the Redis protocol and keeps everything in memory: what Argo CD needs of a cache. The protocol is done by
// miniredis, which Argo CD's own command line uses for the same.
package main

import (
	"flag"
	"fmt"
	"os"
	"time"

	"github.com/alicebob/miniredis/v2"
)

func main() {
	address := flag.String("listen", "127.0.0.1:6379", "address to listen on")
	flag.Parse()
	server := miniredis.NewMiniRedis()
	if err := server.StartAddr(*address); err != nil {
		fmt.Fprintln(os.Stderr, "redis:", err)
		os.Exit(1)
	}
	// Keys expire only when miniredis is told that time has passed.
	for range time.Tick(time.Second) {
		server.FastForward(time.Second)
	}
}
