// exprcheck runs conditions with the Go module expr-lang, in the environment that Argo Rollouts gives them.
//
// Each line of the input is a JSON object: expr, kind ("floats" for a Prometheus vector, else anything of JSON) and result.
// Each line of the output is {"value": ...} with types spelled out, {"compile": ...} or {"run": ...} with the error.
package main

import (
	"bufio"
	"encoding/json"
	"fmt"
	"log"
	"math"
	"os"
	"reflect"
	"strconv"

	"github.com/expr-lang/expr"
)

type line struct {
	Expr   string          `json:"expr"`
	Kind   string          `json:"kind"`
	Result json.RawMessage `json:"result"`
}

func main() {
	scanner := bufio.NewScanner(os.Stdin)
	scanner.Buffer(make([]byte, 1<<20), 1<<26)
	out := bufio.NewWriter(os.Stdout)
	defer out.Flush()
	encoder := json.NewEncoder(out)
	for scanner.Scan() {
		var in line
		if err := json.Unmarshal(scanner.Bytes(), &in); err != nil {
			log.Fatal(err)
		}
		if err := encoder.Encode(run(in)); err != nil {
			log.Fatal(err)
		}
	}
	if err := scanner.Err(); err != nil {
		log.Fatal(err)
	}
}

func run(in line) map[string]any {
	env := environment(resultOf(in))
	program, err := expr.Compile(in.Expr, expr.Env(env))
	if err != nil {
		return map[string]any{"compile": err.Error()}
	}
	value, err := expr.Run(program, env)
	if err != nil {
		return map[string]any{"run": err.Error()}
	}
	return map[string]any{"value": typed(value)}
}

func resultOf(in line) any {
	if in.Kind == "floats" {
		var values []float64
		if err := json.Unmarshal(in.Result, &values); err != nil {
			log.Fatal(err)
		}
		return values
	}
	var value any
	if err := json.Unmarshal(in.Result, &value); err != nil {
		log.Fatal(err)
	}
	return value
}

// environment holds the names that Argo Rollouts lends to conditions, with the same types.
func environment(result any) map[string]any {
	return map[string]any{
		"result":  result,
		"asInt":   asInt,
		"asFloat": asFloat,
		"isNaN":   math.IsNaN,
		"isInf":   func(value float64) bool { return math.IsInf(value, 0) },
		"isNil":   func(any) bool { return result == nil },
		"default": func(_ any, otherwise any) any {
			if result == nil {
				return otherwise
			}
			return result
		},
	}
}

func asInt(value any) int64 {
	switch number := value.(type) {
	case float64:
		return int64(number)
	case int64:
		return number
	case int:
		return int64(number)
	case string:
		parsed, err := strconv.ParseInt(number, 10, 64)
		if err == nil {
			return parsed
		}
		panic(err)
	}
	panic(fmt.Sprintf("asInt() not supported on %T", value))
}

func asFloat(value any) float64 {
	switch number := value.(type) {
	case float64:
		return number
	case int64:
		return float64(number)
	case int:
		return float64(number)
	case string:
		parsed, err := strconv.ParseFloat(number, 64)
		if err == nil {
			return parsed
		}
		panic(err)
	}
	panic(fmt.Sprintf("asFloat() not supported on %T", value))
}

// typed spells a value's type out: {"i": "1"} is a whole number, {"f": "1"} a floating one, {"s": "a"} a text, {"m": {}} a map.
func typed(value any) any {
	switch known := value.(type) {
	case nil, bool:
		return known
	case string:
		return map[string]any{"s": known}
	case float64:
		return map[string]any{"f": strconv.FormatFloat(known, 'g', -1, 64)}
	}
	of := reflect.ValueOf(value)
	switch {
	case of.CanInt():
		return map[string]any{"i": fmt.Sprint(of.Int())}
	case of.CanUint():
		return map[string]any{"i": fmt.Sprint(of.Uint())}
	case of.Kind() == reflect.Slice || of.Kind() == reflect.Array:
		items := []any{}
		for i := 0; i < of.Len(); i++ {
			items = append(items, typed(of.Index(i).Interface()))
		}
		return items
	case of.Kind() == reflect.Map:
		items := map[string]any{}
		for _, key := range of.MapKeys() {
			items[fmt.Sprint(key.Interface())] = typed(of.MapIndex(key).Interface())
		}
		return map[string]any{"m": items}
	}
	return map[string]any{"other": fmt.Sprintf("%T", value)}
}
