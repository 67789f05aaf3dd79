package io.qilin.data.quality.table;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import io.qilin.api.market.SecurityTimeline;
import io.qilin.api.market.Symbol;
import io.qilin.api.market.TradingCalendar;
import io.qilin.api.progress.Cancellation;
import io.qilin.core.rules.MarketRuleBook;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * What rules may know besides the table, and how much memory they may take. Immutable and safe to share.
 *
 * @param now the moment of judging; without it nothing is judged for its age
 * @param calendar the sessions of the market
 * @param suspensions days on which an instrument, as the table names it, was suspended
 * @param securities what is known of securities, for price limits
 * @param ruleBook the market's rules
 * @param keyBytes memory for the keys of one rule; counting them takes up to as much again
 * @param spillFolder where keys go that need more; without it they are refused with LIMIT_EXCEEDED
 * @param sketchKeys whether different keys are estimated (HyperLogLog, standard error 0.8 %) instead of counted
 * @param cancellation stops the judging of a table
 */
public record JudgeOptions(
    Optional<Instant> now,
    Optional<TradingCalendar> calendar,
    Map<String, Set<LocalDate>> suspensions,
    Map<Symbol, SecurityTimeline> securities,
    MarketRuleBook ruleBook,
    long keyBytes,
    Optional<Path> spillFolder,
    boolean sketchKeys,
    Cancellation cancellation) {
  /** Copies the maps. */
  public JudgeOptions {
    Objects.requireNonNull(now, "now");
    Objects.requireNonNull(calendar, "calendar");
    Objects.requireNonNull(ruleBook, "ruleBook");
    Objects.requireNonNull(spillFolder, "spillFolder");
    Objects.requireNonNull(cancellation, "cancellation");
    Map<String, Set<LocalDate>> copy = new HashMap<>();
    suspensions.forEach((name, days) -> copy.put(name, Set.copyOf(days)));
    suspensions = Map.copyOf(copy);
    securities = Map.copyOf(securities);
    if (keyBytes < 1) {
      throw QilinException.invalid("keys need at least 1 byte, were given " + keyBytes);
    }
  }

  /**
   * Stops work that is not wanted any more.
   *
   * @throws QilinException CANCELLED if it was cancelled or the thread is interrupted, which it stays
   */
  void requireGoingOn() {
    cancellation.check();
    if (Thread.currentThread().isInterrupted()) {
      throw new QilinException(
          ErrorCode.CANCELLED, "judging a table was interrupted; nothing was kept");
    }
  }

  /** Starts without a moment, calendar or other knowledge, with 256 MiB for the keys of a rule, exact, in memory. */
  public static Builder builder() {
    return new Builder();
  }

  /** Sets up {@link JudgeOptions}. Not thread-safe. */
  public static final class Builder {
    private Optional<Instant> now = Optional.empty();
    private Optional<TradingCalendar> calendar = Optional.empty();
    private Map<String, Set<LocalDate>> suspensions = Map.of();
    private Map<Symbol, SecurityTimeline> securities = Map.of();
    private MarketRuleBook ruleBook = MarketRuleBook.aShare();
    private long keyBytes = 256L << 20;
    private Optional<Path> spillFolder = Optional.empty();
    private boolean sketchKeys;
    private Cancellation cancellation = new Cancellation();

    private Builder() {}

    /** The moment of judging; none unless set. */
    public Builder now(Instant value) {
      now = Optional.of(value);
      return this;
    }

    /** The sessions of the market; not known unless set. */
    public Builder calendar(TradingCalendar value) {
      calendar = Optional.of(value);
      return this;
    }

    /** Days without trading by instrument, as the table names it; none unless set. */
    public Builder suspensions(Map<String, Set<LocalDate>> value) {
      suspensions = value;
      return this;
    }

    /** Boards, warnings and listings; by code alone unless set. */
    public Builder securities(Map<Symbol, SecurityTimeline> value) {
      securities = value;
      return this;
    }

    /** The market's rules; {@link MarketRuleBook#aShare()} unless set. */
    public Builder ruleBook(MarketRuleBook value) {
      ruleBook = value;
      return this;
    }

    /** Memory for the keys of one rule in bytes, 8 or 16 a row; counting them takes up to as much again. 256 MiB unless set. */
    public Builder keyBytes(long bytes) {
      keyBytes = bytes;
      return this;
    }

    /** An existing folder for keys beyond that, in files that are deleted when the state is closed; none unless set. */
    public Builder spillFolder(Path folder) {
      spillFolder = Optional.of(folder);
      return this;
    }

    /** Estimates numbers of different keys instead of counting them; the report says so. */
    public Builder sketchKeys() {
      sketchKeys = true;
      return this;
    }

    /** What stops the judging of a table, within about 100 ms; nothing unless set, but an interrupt of its thread. */
    public Builder cancellation(Cancellation stop) {
      cancellation = stop;
      return this;
    }

    /**
     * The options.
     *
     * @throws QilinException INVALID_ARGUMENT for no memory
     */
    public JudgeOptions build() {
      return new JudgeOptions(
          now,
          calendar,
          suspensions,
          securities,
          ruleBook,
          keyBytes,
          spillFolder,
          sketchKeys,
          cancellation);
    }
  }
}
