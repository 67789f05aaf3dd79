package io.qilin.agents.analyst;

/** A language in which results are told to people. */
public enum Language {
  /** English. */
  ENGLISH,
  /** Simplified Chinese. */
  CHINESE
}
