// promqlcheck runs queries with Prometheus's own parser and engine on series that the caller makes up.
//
// Each line of the input is a JSON object: query, at (seconds) and series (labels, and samples as pairs of seconds and value).
// Each line of the output is {"values": [...]}, the numbers of the vector or the scalar as text, or {"error": ...}.
package main

import (
	"bufio"
	"context"
	"encoding/json"
	"log"
	"os"
	"strconv"
	"time"

	"github.com/prometheus/prometheus/model/histogram"
	"github.com/prometheus/prometheus/model/labels"
	"github.com/prometheus/prometheus/promql"
	"github.com/prometheus/prometheus/storage"
	"github.com/prometheus/prometheus/tsdb/chunkenc"
	"github.com/prometheus/prometheus/tsdb/chunks"
	"github.com/prometheus/prometheus/util/annotations"
)

type line struct {
	Query  string  `json:"query"`
	At     float64 `json:"at"`
	Series []struct {
		Labels  map[string]string `json:"labels"`
		Samples [][2]float64      `json:"samples"`
	} `json:"series"`
}

type sample struct {
	t int64
	v float64
}

func (s sample) T() int64                      { return s.t }
func (s sample) F() float64                    { return s.v }
func (s sample) H() *histogram.Histogram       { return nil }
func (s sample) FH() *histogram.FloatHistogram { return nil }
func (s sample) Type() chunkenc.ValueType      { return chunkenc.ValFloat }
func (s sample) Copy() chunks.Sample           { return s }

func main() {
	scanner := bufio.NewScanner(os.Stdin)
	scanner.Buffer(make([]byte, 1<<20), 1<<26)
	out := json.NewEncoder(os.Stdout)
	engine := promql.NewEngine(promql.EngineOpts{MaxSamples: 1_000_000, Timeout: time.Minute, LookbackDelta: 5 * time.Minute})
	for scanner.Scan() {
		var in line
		if err := json.Unmarshal(scanner.Bytes(), &in); err != nil {
			log.Fatal(err)
		}
		values, err := run(engine, in)
		if err != nil {
			err = out.Encode(map[string]any{"error": err.Error()})
		} else {
			err = out.Encode(map[string]any{"values": values})
		}
		if err != nil {
			log.Fatal(err)
		}
	}
	if err := scanner.Err(); err != nil {
		log.Fatal(err)
	}
}

func run(engine *promql.Engine, in line) ([]string, error) {
	queryable := storage.QueryableFunc(func(from, to int64) (storage.Querier, error) {
		return &storage.MockQuerier{SelectMockFunction: func(_ bool, _ *storage.SelectHints, matchers ...*labels.Matcher) storage.SeriesSet {
			return selected(in, from, to, matchers)
		}}, nil
	})
	query, err := engine.NewInstantQuery(context.Background(), queryable, nil, in.Query, time.UnixMilli(int64(in.At*1000)))
	if err != nil {
		return nil, err
	}
	defer query.Close()
	result := query.Exec(context.Background())
	if result.Err != nil {
		return nil, result.Err
	}
	values := []string{}
	switch value := result.Value.(type) {
	case promql.Vector:
		for _, each := range value {
			values = append(values, strconv.FormatFloat(each.F, 'g', -1, 64))
		}
	case promql.Scalar:
		values = append(values, strconv.FormatFloat(value.V, 'g', -1, 64))
	}
	return values, nil
}

func selected(in line, from, to int64, matchers []*labels.Matcher) storage.SeriesSet {
	found := []storage.Series{}
	for _, series := range in.Series {
		lset := labels.FromMap(series.Labels)
		fits := true
		for _, matcher := range matchers {
			fits = fits && matcher.Matches(lset.Get(matcher.Name))
		}
		if !fits {
			continue
		}
		samples := []chunks.Sample{}
		for _, each := range series.Samples {
			if t := int64(each[0] * 1000); t >= from && t <= to {
				samples = append(samples, sample{t, each[1]})
			}
		}
		found = append(found, storage.NewListSeries(lset, samples))
	}
	return &seriesSet{series: found, at: -1}
}

type seriesSet struct {
	series []storage.Series
	at     int
}

func (s *seriesSet) Next() bool                        { s.at++; return s.at < len(s.series) }
func (s *seriesSet) At() storage.Series                { return s.series[s.at] }
func (s *seriesSet) Err() error                        { return nil }
func (s *seriesSet) Warnings() annotations.Annotations { return nil }
