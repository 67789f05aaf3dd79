package io.qilin.ops.metrics;

import static io.qilin.ops.metrics.MeterTag.ACTION;
import static io.qilin.ops.metrics.MeterTag.AGE;
import static io.qilin.ops.metrics.MeterTag.AGENT;
import static io.qilin.ops.metrics.MeterTag.CACHE;
import static io.qilin.ops.metrics.MeterTag.CODE;
import static io.qilin.ops.metrics.MeterTag.ENDPOINT;
import static io.qilin.ops.metrics.MeterTag.EVENT;
import static io.qilin.ops.metrics.MeterTag.KIND;
import static io.qilin.ops.metrics.MeterTag.MEMBER;
import static io.qilin.ops.metrics.MeterTag.METER;
import static io.qilin.ops.metrics.MeterTag.METHOD;
import static io.qilin.ops.metrics.MeterTag.MODEL;
import static io.qilin.ops.metrics.MeterTag.OUTCOME;
import static io.qilin.ops.metrics.MeterTag.SIGNAL;
import static io.qilin.ops.metrics.MeterTag.SOURCE;
import static io.qilin.ops.metrics.MeterTag.STATE;
import static io.qilin.ops.metrics.MeterTag.STATUS;
import static io.qilin.ops.metrics.MeterTag.STEP;
import static io.qilin.ops.metrics.MeterTag.STRATEGY;
import static io.qilin.ops.metrics.MeterTag.TOKENS;

import java.util.List;

/**
 * Every meter of Qilin: its name, kind, unit, tags and meaning. The page {@code docs/ops-metrics.md} holds the same table.
 *
 * <p>A meter has at most {@value #MOST_SERIES} series; a further one has {@value MeterTag#OTHER} in every tag.
 */
public enum QilinMeter {
  /** Requests that were answered. */
  REQUESTS(Kind.COUNTER, "qilin.requests", "", "Requests answered", METHOD, ENDPOINT, STATUS),
  /** How long requests took. */
  REQUEST_DURATION(
      Kind.TIMER, "qilin.request.duration", "seconds", "How long requests took", METHOD, ENDPOINT),
  /** How long analysts took. */
  AGENT_ANALYSIS(
      Kind.TIMER, "qilin.agent.analysis.duration", "seconds", "How long analysts took", AGENT),
  /** Analyses that failed. */
  AGENT_ERRORS(Kind.COUNTER, "qilin.agent.errors", "", "Analyses that failed", AGENT, CODE),
  /** Analyses under way. */
  AGENTS_ACTIVE(Kind.GAUGE, "qilin.agents.active", "", "Analyses under way"),
  /** Shares that were judged. */
  STOCKS_ANALYZED(Kind.COUNTER, "qilin.stocks.analyzed", "", "Shares judged"),
  /** Signals that were given. */
  TRADING_SIGNALS(Kind.COUNTER, "qilin.trading.signals", "", "Signals given", SIGNAL),
  /** The newest overall quality of a source's data. */
  DATA_QUALITY(
      Kind.GAUGE, "qilin.data.quality.score", "", "Newest overall quality, 0 to 1", SOURCE),
  /** Fetches that failed. */
  DATA_FETCH_ERRORS(
      Kind.COUNTER, "qilin.data.fetch.errors", "", "Fetches that failed", SOURCE, CODE),
  /** Queries that a chain of sources answered. */
  DATA_ANSWERS(
      Kind.COUNTER, "qilin.data.answers", "", "Queries a chain answered", KIND, SOURCE, AGE),
  /** How long sources were waited for. */
  DATA_ATTEMPTS(
      Kind.TIMER,
      "qilin.data.attempts",
      "seconds",
      "How long a source was waited for that did not serve",
      SOURCE,
      OUTCOME),
  /** Changes of the breakers of sources. */
  DATA_GUARD(
      Kind.COUNTER, "qilin.data.guard.changes", "", "Changes of a source's breaker", SOURCE, STATE),
  /** What was found in a cache. */
  CACHE_HITS(Kind.COUNTER, "qilin.cache.hits", "", "Found in a cache", CACHE),
  /** What was not found in a cache. */
  CACHE_MISSES(Kind.COUNTER, "qilin.cache.misses", "", "Not found in a cache", CACHE),
  /** How well the system is. */
  SYSTEM_HEALTH(
      Kind.GAUGE, "qilin.system.health", "", "1 healthy, 0.5 degraded, 0 unhealthy, NaN unknown"),
  /** Recommendations of the day. */
  DAILY_RECOMMENDATIONS(
      Kind.GAUGE, "qilin.daily.recommendations", "", "Recommendations of the day"),
  /** The share of predictions that came true. */
  PREDICTION_ACCURACY(
      Kind.GAUGE, "qilin.prediction.accuracy", "", "Predictions that came true, 0 to 1"),
  /** How many predictions the accuracy is from. */
  PREDICTION_SAMPLE(Kind.GAUGE, "qilin.prediction.sample", "", "Predictions the accuracy is from"),
  /** Profit or loss of the day. */
  TRADING_PROFIT(Kind.GAUGE, "qilin.trading.profit", "yuan", "Profit of the day; negative: a loss"),
  /** How slow the system is. */
  SYSTEM_LATENCY(
      Kind.GAUGE, "qilin.system.latency", "milliseconds", "How long an answer takes, end to end"),
  /** Attempts to read the business figures that failed. */
  BUSINESS_FAILURES(
      Kind.COUNTER,
      "qilin.business.failures",
      "",
      "Attempts to read the business figures that failed"),
  /** Trades of a strategy, with their prices. */
  TRADE_EVENT(
      Kind.SUMMARY, "qilin.trade.event", "yuan", "Price per share of trades", STRATEGY, ACTION),
  /** What a strategy's portfolio is worth. */
  PORTFOLIO_VALUE(
      Kind.GAUGE,
      "qilin.portfolio.value",
      "yuan",
      "Worth of the portfolio, cash included",
      STRATEGY),
  /** Cash of a strategy. */
  PORTFOLIO_CASH(Kind.GAUGE, "qilin.portfolio.cash", "yuan", "Cash of the portfolio", STRATEGY),
  /** How many shares a strategy holds something of. */
  PORTFOLIO_POSITIONS(
      Kind.GAUGE, "qilin.portfolio.positions", "", "Different shares held", STRATEGY),
  /** Calls through the security pipeline. */
  SECURITY_CALLS(
      Kind.TIMER,
      "qilin.security.calls",
      "seconds",
      "Calls through the security pipeline, by the step that ended them",
      STEP,
      CODE),
  /** Questions to the members of a router of language models. */
  LLM_ROUTES(
      Kind.TIMER, "qilin.llm.routes", "seconds", "Questions to language models", MEMBER, OUTCOME),
  /** Tokens of language models. */
  LLM_TOKENS(Kind.COUNTER, "qilin.llm.tokens", "", "Tokens", MODEL, TOKENS),
  /** Money for language models. */
  LLM_COST(
      Kind.COUNTER, "qilin.llm.cost", "", "Money, in the currency of the model's price", MODEL),
  /** What happened in a registry of models. */
  MODEL_EVENTS(Kind.COUNTER, "qilin.model.events", "", "Events of a model registry", MODEL, EVENT),
  /** Values that are no numbers, or of the wrong sign, and were not recorded. */
  REFUSED(
      Kind.COUNTER,
      "qilin.metrics.refused",
      "",
      "Values not recorded: NaN, infinite or of the wrong sign",
      METER),
  /** Tag values that became {@value MeterTag#OTHER}. */
  FOLDED(
      Kind.COUNTER, "qilin.metrics.folded", "", "Recordings with a tag that became other", METER);

  /** The most series of one meter. */
  public static final int MOST_SERIES = 1_000;

  /** What a meter does. */
  public enum Kind {
    /** Counts up. */
    COUNTER,
    /** Counts and times. */
    TIMER,
    /** Shows the newest value. */
    GAUGE,
    /** Counts and sums values. */
    SUMMARY
  }

  private final Kind kind;
  private final String meterName;
  private final String unit;
  private final String description;
  // List.of makes it immutable, which the checker does not see.
  @SuppressWarnings("ImmutableEnumChecker")
  private final List<MeterTag> tags;

  QilinMeter(Kind kind, String meterName, String unit, String description, MeterTag... tags) {
    this.kind = kind;
    this.meterName = meterName;
    this.unit = unit;
    this.description = description;
    this.tags = List.of(tags);
  }

  /** What it does. */
  public Kind kind() {
    return kind;
  }

  /** Its name in a registry, for example {@code qilin.requests}. */
  public String meterName() {
    return meterName;
  }

  /** Of its values, for example {@code yuan}; empty for plain numbers. */
  public String unit() {
    return unit;
  }

  /** What it means, in one line. */
  public String description() {
    return description;
  }

  /** Its tags, in order. */
  public List<MeterTag> tags() {
    return tags;
  }
}
