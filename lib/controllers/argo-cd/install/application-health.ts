/**
 * Health of an Application, which Argo CD leaves out: without it a wave of Applications never waits for the one before. It is what the
 * Application says of itself; before its first comparison it is under way. The last wave of a sync is never waited for, so that a paused
 * canary, which makes its parents suspended too, holds no newer commit of theirs up.
 */
export const applicationHealth = `local hs = {status = "Progressing", message = "Waiting for the first comparison"}
if obj.status ~= nil and obj.status.health ~= nil and obj.status.health.status ~= nil then
  hs.status = obj.status.health.status
  hs.message = obj.status.health.message or ""
end
return hs
`;
