package io.qilin.core.backtest;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import io.qilin.api.market.Adjustment;
import io.qilin.api.market.CorporateAction;
import io.qilin.api.market.Field;
import io.qilin.api.market.MinuteBars;
import io.qilin.api.market.Panel;
import io.qilin.api.market.SecurityTimeline;
import io.qilin.api.market.Symbol;
import io.qilin.api.money.Money;
import io.qilin.api.progress.Cancellation;
import io.qilin.api.progress.ProgressListener;
import io.qilin.api.record.CorporateActionNotice;
import io.qilin.api.record.PublicationTimes;
import io.qilin.api.record.StatusNotice;
import io.qilin.core.adjust.RawPriceCheck;
import io.qilin.core.factor.PanelFingerprint;
import io.qilin.core.risk.RiskGate;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * A backtest by the exact rules of the A-share market. At the close of each day the strategy sees
 * the market up to that day and its portfolio; its orders go to the exchange in the next session,
 * where the dated rules decide what is filled ({@link ExchangeSimulator}), and are booked in exact
 * money ({@link Ledger}).
 *
 * <pre>{@code
 * BacktestRun run = Backtest.builder(panel, new TopkDropout(…))
 *     .account(Money.parse("1000000"))
 *     .period(start, end)
 *     .build()
 *     .run();
 * }</pre>
 *
 * <p>Immutable; {@link #run} may be called from several threads if the strategy may.
 */
public final class Backtest {
  private final Builder settings;
  private final Panel panel;
  private final Strategy strategy;

  private Backtest(Builder settings, Panel panel) {
    this.settings = settings;
    this.panel = panel;
    this.strategy = settings.strategy;
  }

  /**
   * Starts the settings of a backtest.
   *
   * @param bars daily bars with {@code $open $high $low $close}; {@code $volume} should be there, and
   *     {@code $pre_close} or {@code $factor}, from which the ex-dates are known; {@code $amount} or {@code $vwap} give average prices. Adjusted
   *     bars are taken back to raw ones with their {@code $factor}
   * @param strategy what decides
   */
  public static Builder builder(Panel bars, Strategy strategy) {
    return new Builder(bars, strategy);
  }

  /**
   * Runs it.
   *
   * @throws QilinException CANCELLED if asked to stop; what the strategy throws, if it is to stop the
   *     run
   */
  public BacktestRun run() {
    return new DayLoop(settings, panel, strategy).run();
  }

  /** Collects the settings of a {@link Backtest}. Not thread-safe. */
  public static final class Builder {
    final Panel bars;
    final Strategy strategy;
    LocalDate start;
    LocalDate end;
    Money account = Money.ofFen(100_000_000);
    ExchangeSettings exchange = ExchangeSettings.DEFAULT;
    Map<Symbol, SecurityTimeline> securities = Map.of();
    List<CorporateAction> actions = List.of();
    List<StatusNotice> statusNotices = List.of();
    List<CorporateActionNotice> actionNotices = List.of();
    Map<Symbol, Money> delisted = Map.of();
    boolean subscribeRights = true;
    MinuteBars minuteBars = MinuteBars.NONE;
    OnFailure onFailure = OnFailure.STOP;
    boolean keepPositions = true;
    String dataHash = "";
    String name = "strategy";
    Benchmark benchmark = Benchmark.none();
    Optional<RiskGate> gate = Optional.empty();
    ProgressListener progress = ProgressListener.NONE;
    Cancellation cancellation = new Cancellation();

    private Builder(Panel bars, Strategy strategy) {
      this.bars = Objects.requireNonNull(bars, "bars");
      this.strategy = Objects.requireNonNull(strategy, "strategy");
      this.start = bars.days().get(0);
      this.end = bars.lastDay();
    }

    /** First and last session; the days of the bars unless set. */
    public Builder period(LocalDate first, LocalDate last) {
      start = Objects.requireNonNull(first, "first");
      end = Objects.requireNonNull(last, "last");
      return this;
    }

    /** The money at the start; a million yuan unless set. */
    public Builder account(Money money) {
      account = Objects.requireNonNull(money, "money");
      return this;
    }

    /** How orders are filled; {@link ExchangeSettings#DEFAULT} unless set. */
    public Builder exchange(ExchangeSettings how) {
      exchange = Objects.requireNonNull(how, "how");
      return this;
    }

    /**
     * Dated status of the shares: boards, risk warnings, list dates; none known unless set. All of it counts as known at
     * any moment: what was published or corrected later than the day it concerns belongs to {@link #statusNotices}.
     */
    public Builder securities(Map<Symbol, SecurityTimeline> known) {
      securities = new TreeMap<>(known);
      return this;
    }

    /**
     * Announcements of what the shares are; none unless set. A session counts those that were public when its day began,
     * at midnight in Shanghai; a later correction changes nothing before. A share with an announcement is judged by its
     * announcements alone once there is one.
     */
    public Builder statusNotices(Collection<StatusNotice> announced) {
      statusNotices = List.copyOf(announced);
      return this;
    }

    /**
     * Announcements of dividends, bonus shares and rights, instead of {@link #actions}; none unless set. An ex-date books
     * what was public when its day began; of what came later about a holding a finding {@code late-action} tells.
     */
    public Builder actionNotices(Collection<CorporateActionNotice> announced) {
      actionNotices = List.copyOf(announced);
      return this;
    }

    /** Dividends, bonus shares and rights, known at any moment; none known unless set. */
    public Builder actions(List<CorporateAction> known) {
      actions = known.stream().sorted().toList();
      return this;
    }

    /**
     * Shares whose listing ends when their rows do, with what is then paid for one; none unless set.
     * A holding whose rows end otherwise stays at its last close, and a finding says so.
     */
    public Builder delisted(Map<Symbol, Money> perShare) {
      perShare.forEach((symbol, money) -> {
        if (money.isNegative()) {
          throw QilinException.invalid(
              "what is paid for a share of " + symbol + " is not negative, was " + money);
        }
      });
      delisted = new TreeMap<>(perShare);
      return this;
    }

    /** Whether rights are taken up while the cash lasts; true unless set. */
    public Builder subscribeRights(boolean taken) {
      subscribeRights = taken;
      return this;
    }

    /** Minute bars by which orders are filled where there are any; none unless set. */
    public Builder minuteBars(MinuteBars bars) {
      minuteBars = Objects.requireNonNull(bars, "bars");
      return this;
    }

    /** What happens when the strategy throws; the run stops unless set. */
    public Builder onFailure(OnFailure what) {
      onFailure = Objects.requireNonNull(what, "what");
      return this;
    }

    /** Whether the report holds every position of every day; true unless set. */
    public Builder keepPositions(boolean kept) {
      keepPositions = kept;
      return this;
    }

    /** What the run is compared with; nothing unless set. */
    public Builder benchmark(Benchmark with) {
      benchmark = Objects.requireNonNull(with, "with");
      return this;
    }

    /**
     * Risk rules that every order must pass before it is sent, judged at its limit, or at the last
     * close where it has none; none unless set.
     */
    public Builder gate(RiskGate rules) {
      gate = Optional.of(rules);
      return this;
    }

    /** The strategy's name in the report; {@code strategy} unless set. */
    public Builder name(String text) {
      name = Objects.requireNonNull(text, "text");
      return this;
    }

    /**
     * The fingerprint of the bars, if it is known already; reckoned from them unless set, which
     * reads them all.
     */
    public Builder dataHash(String sha256) {
      dataHash = Objects.requireNonNull(sha256, "sha256");
      return this;
    }

    /** Who hears how many days are done; nobody unless set. */
    public Builder progress(ProgressListener listener) {
      progress = Objects.requireNonNull(listener, "listener");
      return this;
    }

    /** What can stop the run; nothing unless set. */
    public Builder cancellation(Cancellation how) {
      cancellation = Objects.requireNonNull(how, "how");
      return this;
    }

    /**
     * The backtest.
     *
     * @throws QilinException INVALID_CONFIGURATION if the period ends before it starts or the account
     *     is not positive; NOT_A_TRADING_DAY or DATE_OUT_OF_RANGE for a period outside the bars, or an
     *     ex-date in it without trading; DATA_CONFLICT if a corporate action is listed twice, or some are given with
     *     and others without their announcement;
     *     DATA_NOT_FOUND for a missing field; DATA_QUALITY for bars that are said to be raw and cannot be
     */
    public Backtest build() {
      if (end.isBefore(start)) {
        throw new QilinException(
            ErrorCode.INVALID_CONFIGURATION,
            "the backtest ends on " + end + ", before it starts on " + start);
      }
      if (account.fen() <= 0) {
        throw new QilinException(
            ErrorCode.INVALID_CONFIGURATION, "the account starts with money, was " + account);
      }
      bars.indexOf(start);
      bars.indexOf(end);
      Panel raw = ReferencePrices.added(bars.withAdjustment(Adjustment.RAW));
      RawPriceCheck.require(raw);
      for (Field field : List.of(Field.OPEN, Field.HIGH, Field.LOW, Field.CLOSE)) {
        raw.column(field);
      }
      if (new HashSet<>(actions).size() < actions.size()) {
        throw new QilinException(
            ErrorCode.DATA_CONFLICT, "a corporate action is listed twice; list each once");
      }
      if (!actions.isEmpty() && !actionNotices.isEmpty()) {
        throw new QilinException(
            ErrorCode.DATA_CONFLICT,
            "corporate actions are given both with and without their announcement, which could pay"
                + " twice; give all of them one way");
      }
      List<CorporateAction> all = new ArrayList<>(actions);
      all.addAll(CorporateActionNotice.actions(actionNotices));
      for (CorporateAction action : all) {
        if (!action.exDate().isBefore(start) && !action.exDate().isAfter(end)) {
          bars.indexOf(action.exDate());
        }
      }
      Builder frozen = copy();
      if (frozen.dataHash.isEmpty()) {
        frozen.dataHash = PanelFingerprint.of(bars);
      }
      return new Backtest(frozen, raw);
    }

    private Builder copy() {
      Builder out = new Builder(bars, strategy)
          .period(start, end)
          .account(account)
          .exchange(exchange)
          .securities(securities)
          .actions(actions)
          .statusNotices(statusNotices)
          .actionNotices(actionNotices)
          .delisted(delisted)
          .subscribeRights(subscribeRights)
          .minuteBars(minuteBars)
          .onFailure(onFailure)
          .keepPositions(keepPositions)
          .name(name)
          .benchmark(benchmark)
          .dataHash(dataHash)
          .progress(progress)
          .cancellation(cancellation);
      out.gate = gate;
      return out;
    }

    /** The settings by name, for the report. */
    Map<String, String> text() {
      Map<String, String> out = new TreeMap<>();
      out.put("strategy", name);
      out.put("benchmark", benchmark.toString());
      out.put("risk rules", gate.map(rules -> String.join(", ", rules.rules())).orElse("none"));
      out.put("start", start.toString());
      out.put("end", end.toString());
      out.put("account", account.toString());
      out.put("fill mode", exchange.fillMode().name());
      out.put("participation", String.valueOf(exchange.participation()));
      out.put("slippage bps", String.valueOf(exchange.slippageBps()));
      out.put("commission rate", exchange.commission().rate().toPlainString());
      out.put("commission minimum", exchange.commission().minimum().toString());
      out.put("rights", subscribeRights ? "taken up" : "lapse");
      Instant last = PublicationTimes.startOf(end);
      Set<Symbol> known = new HashSet<>(securities.keySet());
      statusNotices.stream()
          .filter(notice -> !notice.asOf().isAfter(last))
          .forEach(notice -> known.add(notice.status().symbol()));
      long announced = actionNotices.stream()
          .filter(notice -> !notice.asOf().isAfter(last))
          .map(notice -> List.of(notice.action().symbol(), notice.action().exDate()))
          .distinct()
          .count();
      out.put("statuses known", known.size() + " of " + bars.symbols().size());
      out.put("corporate actions known", String.valueOf(actions.size() + announced));
      return out;
    }
  }
}
