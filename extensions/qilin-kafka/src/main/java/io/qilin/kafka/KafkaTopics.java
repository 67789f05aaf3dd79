package io.qilin.kafka;

/** The names that Qilin's streams have by custom. Nothing depends on them; other names are as good. */
public final class KafkaTopics {
  /** Ticks and bars. */
  public static final String MARKET_DATA = "market_data";

  /** News. */
  public static final String NEWS_DATA = "news_data";

  /** Posts of social media. */
  public static final String SOCIAL_DATA = "social_data";

  /** What a pipeline makes of them. */
  public static final String PROCESSED_DATA = "processed_data";

  /** What did not get through. */
  public static final String DEAD_LETTERS = "dead_letters";

  /** The consumer group. */
  public static final String GROUP = "qilin_trading_system";

  private KafkaTopics() {}
}
