package io.qilin.api.model;

/** How far a version of a model has come. Of one name at most one version is in {@link #PRODUCTION}. */
public enum ModelStage {
  /** Registered, no more. */
  NONE,
  /** A candidate that is watched. */
  STAGING,
  /** The version that decisions use. */
  PRODUCTION,
  /** Was in production or staging before; kept so that it can come back. */
  ARCHIVED
}
