package io.qilin.security.pipeline;

/** The steps of the pipeline, in their order. */
public enum SecurityStep {
  /** Does the origin of the call look like an attack on logins? */
  ORIGIN,
  /** Who is it? */
  AUTHENTICATE,
  /** Is it a device of theirs? */
  DEVICE,
  /** Do network, hour and place fit? */
  CONTEXT,
  /** May they do this? */
  AUTHORIZE,
  /** Does it look like an attack? */
  THREAT,
  /** The second factor, where authorisation or threat asks for it. */
  STEP_UP,
  /** The intent is recorded. */
  AUDIT,
  /** The action runs. */
  EXECUTE,
  /** What leaves is protected. */
  PROTECT,
  /** The outcome is recorded. */
  OUTCOME
}
