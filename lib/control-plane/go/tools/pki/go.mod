module slipway.test/e2e/pki

go 1.24
