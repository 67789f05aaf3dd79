package io.qilin.agents.llm;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import io.qilin.api.llm.LlmModel;
import io.qilin.api.llm.LlmPrice;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The tokens and the money that language models may use: a day, a strategy a day, and a run. Before a call the worst case
 * is reserved in all three; a call that could exceed one of them is refused before anything is sent. After the call the
 * reservation gives way to what was used.
 *
 * <p>A day is one in Asia/Shanghai by the clock, and never an earlier one than was seen before, so that a clock that is set
 * back frees nothing. A call counts on the day on which it began.
 *
 * <p>With a {@link BudgetLedger} the day's counters survive the process, reservations included: what was reserved when a
 * process died counts as used.
 *
 * <p>Thread-safe: one lock around all counters, held while the ledger is written, never during a call.
 */
public final class LlmBudget {
  private static final ZoneId SHANGHAI = ZoneId.of("Asia/Shanghai");
  private static final int MOST_STRATEGIES = 10_000;

  /** What is set aside for one call. */
  record Reservation(BudgetRun run, LocalDate day, BudgetAmount amount) {}

  private final Object lock = new Object();
  private final Clock clock;
  private final BudgetCap perDay;
  private final Optional<BudgetCap> perRun;
  private final Optional<BudgetCap> perStrategy;
  private final Map<String, BudgetCap> strategies;
  private final Map<String, LlmPrice> prices;
  private final Optional<BudgetLedger> ledger;
  private BudgetDay today;

  private LlmBudget(Builder from, BudgetDay today) {
    this.clock = from.clock;
    this.perDay = from.perDay;
    this.perRun = from.perRun;
    this.perStrategy = from.perStrategy;
    this.strategies = Map.copyOf(from.strategies);
    this.prices = Map.copyOf(from.prices);
    this.ledger = from.ledger;
    this.today = today;
  }

  /**
   * Starts a budget.
   *
   * @param perDay what all may use in a day
   * @param clock tells the day
   */
  public static Builder builder(BudgetCap perDay, Clock clock) {
    return new Builder(perDay, clock);
  }

  /**
   * Starts a run.
   *
   * @param strategy 1 to 64 of {@code A-Z a-z 0-9 _ . -}
   * @throws QilinException INVALID_ARGUMENT for another name
   */
  public BudgetRun run(String strategy) {
    checkName(strategy);
    return new BudgetRun(this, strategy);
  }

  /** What was used today, and what is reserved for calls that are not back. */
  public BudgetAmount usedToday() {
    synchronized (lock) {
      turn();
      return today.total();
    }
  }

  /** What a strategy has used today, and what is reserved for its calls that are not back. */
  public BudgetAmount usedToday(String strategy) {
    synchronized (lock) {
      turn();
      return today.of(strategy);
    }
  }

  BudgetAmount held(BudgetRun run) {
    synchronized (lock) {
      return run.held();
    }
  }

  /** The price of a model; empty if none is known and none is needed. */
  Optional<LlmPrice> price(LlmModel model) {
    Optional<LlmPrice> price = Optional.ofNullable(prices.get(model.toString()));
    if (price.isEmpty() && capsMoney()) {
      throw new QilinException(
          ErrorCode.INVALID_CONFIGURATION,
          "the budget caps money, but no price is known of "
              + QilinException.quote(model.toString()) + "; known are "
              + new TreeMap<>(prices).keySet() + "; add it to the prices");
    }
    return price;
  }

  private boolean capsMoney() {
    return perDay.money().isPresent()
        || perRun.flatMap(BudgetCap::money).isPresent()
        || perStrategy.flatMap(BudgetCap::money).isPresent()
        || strategies.values().stream().anyMatch(cap -> cap.money().isPresent());
  }

  /** Sets an amount aside, or refuses. */
  Reservation reserve(BudgetRun run, BudgetAmount amount) {
    synchronized (lock) {
      turn();
      BudgetAmount day = today.total().plus(amount);
      BudgetAmount strategy = today.of(run.strategy()).plus(amount);
      BudgetAmount own = run.held().plus(amount);
      check("the day " + today.day(), Optional.of(perDay), day, amount);
      check("the strategy " + run.strategy(), cap(run.strategy()), strategy, amount);
      check("the run", perRun, own, amount);
      if (today.strategies().size() >= MOST_STRATEGIES
          && !today.strategies().containsKey(run.strategy())) {
        throw new QilinException(
            ErrorCode.LIMIT_EXCEEDED,
            "more than " + MOST_STRATEGIES + " strategies in a day; use fewer names");
      }
      BudgetDay changed = today.with(run.strategy(), strategy);
      ledger.ifPresent(file -> file.write(changed));
      today = changed;
      run.hold(own);
      return new Reservation(run, today.day(), amount);
    }
  }

  /** Puts what was used in the place of what was set aside. */
  void settle(Reservation reservation, BudgetAmount used) {
    synchronized (lock) {
      BudgetRun run = reservation.run();
      run.hold(run.held().minus(reservation.amount()).plus(used));
      if (today.day().equals(reservation.day())) {
        BudgetAmount strategy =
            today.of(run.strategy()).minus(reservation.amount()).plus(used);
        today = today.with(run.strategy(), strategy);
        ledger.ifPresent(file -> file.writeLater(today));
      }
    }
  }

  private Optional<BudgetCap> cap(String strategy) {
    return Optional.ofNullable(strategies.get(strategy)).or(() -> perStrategy);
  }

  private static void check(
      String whose, Optional<BudgetCap> cap, BudgetAmount after, BudgetAmount wanted) {
    if (cap.isPresent() && !after.fits(cap.get())) {
      BudgetAmount used = after.minus(wanted);
      throw new QilinException(
          ErrorCode.LLM_BUDGET_EXHAUSTED,
          "the budget of " + whose + " has " + used.tokens() + " tokens and " + plain(used)
              + " used or reserved of " + cap.get().tokens()
              + cap.get().money().map(most -> " and " + most.toPlainString()).orElse("")
              + "; this call may need " + wanted.tokens() + " and " + plain(wanted)
              + "; nothing was sent");
    }
  }

  private static String plain(BudgetAmount amount) {
    return amount.money().toPlainString();
  }

  private void turn() {
    LocalDate day = LocalDate.ofInstant(clock.instant(), SHANGHAI);
    if (day.isAfter(today.day())) {
      today = BudgetDay.empty(day);
    }
  }

  static void checkName(String strategy) {
    if (!strategy.matches("[A-Za-z0-9_.-]{1,64}")) {
      throw QilinException.invalid("a strategy's name is 1 to 64 of A-Z a-z 0-9 _ . -, was "
          + QilinException.quote(strategy));
    }
  }

  /** Collects caps and prices. Not thread-safe. */
  public static final class Builder {
    private final BudgetCap perDay;
    private final Clock clock;
    private final Map<String, BudgetCap> strategies = new TreeMap<>();
    private final Map<String, LlmPrice> prices = new TreeMap<>();
    private Optional<BudgetCap> perRun = Optional.empty();
    private Optional<BudgetCap> perStrategy = Optional.empty();
    private Optional<BudgetLedger> ledger = Optional.empty();

    private Builder(BudgetCap perDay, Clock clock) {
      this.perDay = Objects.requireNonNull(perDay, "perDay");
      this.clock = Objects.requireNonNull(clock, "clock");
    }

    /** What one run may use; as much as its strategy unless set. */
    public Builder perRun(BudgetCap cap) {
      perRun = Optional.of(cap);
      return this;
    }

    /** What each strategy without a cap of its own may use in a day; as much as all unless set. */
    public Builder perStrategy(BudgetCap cap) {
      perStrategy = Optional.of(cap);
      return this;
    }

    /** What one strategy may use in a day. */
    public Builder strategy(String name, BudgetCap cap) {
      checkName(name);
      strategies.put(name, Objects.requireNonNull(cap, "cap"));
      return this;
    }

    /**
     * What a model costs; all prices in one currency.
     *
     * @param model provider and name, for example {@code deepseek/deepseek-v4-flash}
     */
    public Builder price(String model, LlmPrice price) {
      prices.put(model, Objects.requireNonNull(price, "price"));
      return this;
    }

    /** Where the day's counters are kept; in memory alone unless set. */
    public Builder ledger(BudgetLedger file) {
      ledger = Optional.of(file);
      return this;
    }

    /**
     * The budget.
     *
     * @throws QilinException INVALID_CONFIGURATION if prices are in several currencies, or in another than the ledger's
     */
    public LlmBudget build() {
      long currencies =
          prices.values().stream().map(LlmPrice::currency).distinct().count();
      if (currencies > 1) {
        throw new QilinException(
            ErrorCode.INVALID_CONFIGURATION,
            "all prices of a budget are in one currency, not in " + currencies);
      }
      String currency =
          prices.values().stream().map(LlmPrice::currency).findFirst().orElse(BudgetLedger.NONE);
      LocalDate day = LocalDate.ofInstant(clock.instant(), SHANGHAI);
      BudgetDay start =
          ledger.flatMap(file -> file.begin(currency, day)).orElseGet(() -> BudgetDay.empty(day));
      return new LlmBudget(this, start);
    }
  }
}
