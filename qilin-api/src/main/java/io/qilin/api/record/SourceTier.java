package io.qilin.api.record;

/** How much the word of a source of news weighs; the first weighs most. */
public enum SourceTier {
  /** The company, an exchange or an authority (公告). */
  OFFICIAL,
  /** A medium with editors of its own (权威媒体). */
  MEDIA,
  /** A medium that repeats others (转载, 自媒体). */
  SECONDARY,
  /** A post by anybody (社交媒体). */
  SOCIAL
}
