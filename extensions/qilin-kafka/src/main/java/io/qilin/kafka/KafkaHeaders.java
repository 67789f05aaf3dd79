package io.qilin.kafka;

/** The headers of a record, all UTF-8 text. */
public final class KafkaHeaders {
  /** The id of the message: two records of one id are one message. */
  public static final String ID = "qilin-id";

  /** When it happened, as ISO 8601 in UTC. */
  public static final String EVENT_TIME = "qilin-event-time";

  /** The name of the form of the payload. */
  public static final String SCHEMA = "qilin-schema";

  /** Its version, for example {@code 2.1}. */
  public static final String SCHEMA_VERSION = "qilin-schema-version";

  /** Who wrote it: the name of a sink. */
  public static final String WRITER = "qilin-writer";

  /** Of a dead letter: why, for a program. */
  public static final String DEAD_REASON = "qilin-dead-reason";

  /** Of a dead letter: why, for a person. */
  public static final String DEAD_MESSAGE = "qilin-dead-message";

  /** Of a dead letter: the source, for example {@code market_data-0}. */
  public static final String DEAD_SOURCE = "qilin-dead-source";

  /** Of a dead letter: its position in the source. */
  public static final String DEAD_POSITION = "qilin-dead-position";

  private KafkaHeaders() {}
}
