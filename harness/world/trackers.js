/**
 * Every host that exists to track: what a protected visit must never reach.
 * Written by role, as TikTok names them, so that a host nobody has listed yet counts as well.
 */
export const TRACKERS =
  /^(analytics|ads|mcs|mon|libraweb|log|rtlog|xlog|business-api)[\w-]*(\.[\w-]+)*\.(tiktok\.com|tiktok[vw]\.(com|us|eu)|byteoversea\.com|pangle-ads\.com)$/;
