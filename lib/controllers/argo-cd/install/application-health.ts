/**
 * Health of an Application, which Argo CD leaves out: without it a wave of Applications never waits for the one before.
 *
 * A sync that has waves stays under way until everything in it is healthy, and takes no newer commit meanwhile. A canary may be paused
 * for days, and what nobody syncs is never healthy: so the Applications that nothing is ordered after, by their role, are judged by their being
 * there, and their own health stands in the message. Those that come first, and all that Slipway hasn't made, are judged by themselves.
 */
export const applicationHealth = `local status = "Progressing"
local message = "Waiting for its first comparison"
if obj.status ~= nil and obj.status.health ~= nil and obj.status.health.status ~= nil then
  status = obj.status.health.status
  message = obj.status.health.message or ""
end
if status == "Healthy" and obj.status.operationState ~= nil and obj.status.operationState.phase == "Running" then
  status = "Progressing"
  message = "A sync is under way"
end
local role = ""
if obj.metadata.labels ~= nil then
  role = obj.metadata.labels["slipway.dev/role"] or ""
end
local last = {["add-on"] = true, environment = true, external = true, member = true, observability = true}
if last[role] and status ~= "Healthy" then
  message = "The Application is there; what it delivers is " .. status
  status = "Healthy"
end
return {status = status, message = message}
`;
