module slipway.test/e2e/supervise

go 1.24
