package io.qilin.agents.desk;

import io.micrometer.observation.ObservationRegistry;
import io.qilin.agents.analyst.LimitUpMemo;
import io.qilin.agents.analyst.Preset;
import io.qilin.agents.analyst.RiskManagerAnalyst;
import io.qilin.agents.debate.Debate;
import io.qilin.agents.debate.DebateGraph;
import io.qilin.agents.monitor.DeskEvents;
import io.qilin.api.analysis.Analyst;
import io.qilin.api.analysis.Candidate;
import io.qilin.api.analysis.DecisionRecord;
import io.qilin.api.analysis.MarketSnapshot;
import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import io.qilin.api.market.TradingCalendar;
import io.qilin.api.money.Money;
import io.qilin.api.trading.Portfolio;
import io.qilin.core.risk.KillSwitch;
import io.qilin.core.risk.RiskGate;
import io.qilin.core.risk.RiskRules;
import io.qilin.core.risk.RiskSettings;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.Executor;

/**
 * Turns one evening's market into at most a few shares to buy in the next session, each with its
 * reasons and an order that has passed the risk gate.
 *
 * <p>The way: all analysts are asked; the {@link Consensus} judges each share that traded on the
 * day; the best ones are argued about ({@link Debate}), which moves no score unless the host allows
 * a language model a band; the best is given an order by the {@link OrderPlan} and put before the {@link RiskGate},
 * then the next, until {@code top} have passed. An order that passed counts as bought when the next
 * one is judged. A share is held back, with the id of what held it back in its
 * {@link Candidate#outcome()}:
 *
 * <ul>
 *   <li>by a gate of the consensus: {@code all-abstained}, {@code coverage}, {@code risk-unknown},
 *       {@code risk}
 *   <li>by the {@link MarketGate}: {@code market-ice}, {@code market-breaker}; it holds back all
 *   <li>{@code score}: its score is not above the least score
 *   <li>{@code unbuyable}: an analyst flags it {@code UNBUYABLE}
 *   <li>{@code order}: no order can be made of it, as its rules, price or volume are not known
 *   <li>{@code size}: not even the smallest order fits
 *   <li>by a risk rule: the rule's id
 *   <li>{@code NOT_IN_TOP}: enough better ones were found; it was not put before the gate
 * </ul>
 *
 * <p>The result depends on the snapshot, the session and the settings alone: not on a clock, the
 * executor's threads, or the order in which analysts or instruments were given. The exceptions are
 * late analysts (marked with 3001) and the kill switch. Immutable and thread-safe as far as
 * analysts and rules are.
 */
public final class ResearchDesk {
  /** Outcome of a share that is recommended. */
  public static final String RECOMMENDED = "RECOMMENDED";

  /** Outcome of a share that came after enough better ones. */
  public static final String NOT_IN_TOP = "NOT_IN_TOP";

  /**
   * Version of the formulas and of the settings' names; it rises with any change that changes a
   * decision.
   */
  static final String FORMULAS = "0.4.0";

  private final DeskParts parts;
  private final SortedMap<String, String> settings;

  private ResearchDesk(DeskParts parts, SortedMap<String, String> settings) {
    this.parts = parts;
    this.settings = settings;
  }

  /**
   * Starts a desk.
   *
   * @param riskManager the analyst whose score says how safe a share is; it has no vote
   * @throws QilinException INVALID_CONFIGURATION if it has no id
   */
  public static Builder builder(Analyst riskManager) {
    return new Builder(riskManager);
  }

  /**
   * Starts a desk of the ten built-in analysts and the risk manager, with a debate by rules about the
   * four best shares. Analysts read what the snapshot's records tell; one that has no data on any share
   * of the day takes no part, and {@link DeskResult#silent} names it. Weights in thousandths:
   *
   * <table>
   *   <caption>Weights of the votes; each column adds up to 1000</caption>
   *   <tr><th>analyst</th><th>standard</th><th>legacy</th></tr>
   *   <tr><td>market</td><td>200</td><td>169</td></tr>
   *   <tr><td>fundamentals</td><td>120</td><td>–</td></tr>
   *   <tr><td>limit-up-quality</td><td>120</td><td>158</td></tr>
   *   <tr><td>money-flow</td><td>120</td><td>126</td></tr>
   *   <tr><td>dragon-head</td><td>110</td><td>232</td></tr>
   *   <tr><td>news</td><td>80</td><td>84</td></tr>
   *   <tr><td>longhu-bang</td><td>70</td><td>–</td></tr>
   *   <tr><td>market-ecology</td><td>70</td><td>105</td></tr>
   *   <tr><td>call-auction</td><td>60</td><td>126</td></tr>
   *   <tr><td>social</td><td>50</td><td>–</td></tr>
   * </table>
   *
   * <p>The standard weights are a choice. The legacy ones are those of qilin_stack, which add up to 1.05,
   * without risk, which has no vote here, with sector counted to dragon-head and position to market,
   * scaled to 1.
   *
   * @param preset which formula sheets and weights they follow
   */
  public static Builder standard(Preset preset) {
    LimitUpMemo memo = new LimitUpMemo();
    Builder builder = builder(new RiskManagerAnalyst(preset, OrderText.DEFAULT_POSITION))
        .memo(memo)
        .debate(Debate.builder(DebateGraph.tradingAgents(1, 1)).build());
    SortedMap<String, Double> weights = weights(preset);
    analysts(preset, memo).forEach((id, analyst) -> {
      Double weight = weights.get(id);
      if (weight != null) {
        builder.analyst(analyst, weight);
      }
    });
    return builder;
  }

  /**
   * The ten built-in analysts by id, for a desk that replaces some of them or weighs them otherwise.
   *
   * @param preset which formula sheets they follow
   * @param memo limit-up facts that they share; give it to {@link Builder#memo} too
   */
  public static SortedMap<String, Analyst> analysts(Preset preset, LimitUpMemo memo) {
    Map<String, String> settings = Map.of("preset", preset.toString());
    SortedMap<String, Analyst> all = new TreeMap<>();
    for (String id : BuiltInAnalysts.ids()) {
      BuiltInAnalysts.of(id, settings, memo).ifPresent(analyst -> all.put(id, analyst));
    }
    return all;
  }

  /** The weights of {@link #standard} by the analyst's id; an analyst that has no vote there is not in it. */
  public static SortedMap<String, Double> weights(Preset preset) {
    return DeskWeights.of(preset);
  }

  /** The settings by name, as they stand in a decision record. */
  public Map<String, String> settings() {
    return settings;
  }

  /** How many shares are recommended at most. */
  public int top() {
    return parts.terms().top();
  }

  /**
   * Decides for the trading day after the snapshot's day.
   *
   * @throws QilinException DATE_OUT_OF_RANGE if the calendar does not know it; CANCELLED if the
   *     thread is interrupted
   */
  public DeskResult run(MarketSnapshot snapshot, TradingCalendar calendar) {
    Objects.requireNonNull(snapshot, "snapshot");
    return run(snapshot, Objects.requireNonNull(calendar, "calendar").next(snapshot.day()));
  }

  /**
   * Decides for a session.
   *
   * @param session the next trading day
   * @throws QilinException INVALID_ARGUMENT if the session is not after the snapshot's day, or the
   *     snapshot knows what became public after the session's opening at 09:30; CANCELLED if the thread is interrupted
   */
  public DeskResult run(MarketSnapshot snapshot, LocalDate session) {
    DeskRun run = new DeskRun(parts, snapshot, session);
    Selection.Decision decision = run.decide();
    return new DeskResult(new DecisionRecord(
        DecisionRecord.SCHEMA,
        FORMULAS,
        snapshot.day(),
        session,
        snapshot.asOf(),
        snapshot.provenance().copyOf(),
        run.inputs(),
        settings,
        decision.candidates(),
        decision.recommendations(),
        decision.deliberations()));
  }

  /** What a run decides, without the digests of the inputs. */
  Selection.Decision decide(MarketSnapshot snapshot, LocalDate session) {
    return new DeskRun(parts, snapshot, session).decide();
  }

  /** Collects the settings of a desk. Not thread-safe. */
  public static final class Builder {
    private final NamedAnalyst riskManager;
    private final Map<String, NamedAnalyst> analysts = new TreeMap<>();
    private final Map<String, Double> weights = new LinkedHashMap<>();
    private double minCoverage = 0.5;
    private double minSafety = 0.3;
    private double minScore;
    private int top = 2;
    private MarketGate market = MarketGate.DEFAULT;
    private LimitUpMemo memo = new LimitUpMemo();
    private Optional<Debate> debate = Optional.empty();
    private OrderPlan plan = OrderPlan.DEFAULT;
    private RiskSettings risk = RiskSettings.moderate();
    private Optional<RiskGate> gate = Optional.empty();
    private Optional<KillSwitch> killSwitch = Optional.empty();
    private Portfolio portfolio = Portfolio.ofCash(Money.ofFen(100_000_000));
    private Executor executor = Runnable::run;
    private Duration deadline = Duration.ofSeconds(30);
    private ObservationRegistry registry = ObservationRegistry.NOOP;
    private Optional<DeskEvents> events = Optional.empty();

    private Builder(Analyst riskManager) {
      this.riskManager = NamedAnalyst.of(riskManager);
    }

    /**
     * An analyst with a vote.
     *
     * @param weight from 1e-6 to 1e6; only the ratio to the other weights matters
     * @throws QilinException INVALID_CONFIGURATION if it has no id, or an analyst of this id is there already
     */
    public Builder analyst(Analyst analyst, double weight) {
      NamedAnalyst named = NamedAnalyst.of(analyst);
      if (named.id().equals(riskManager.id()) || analysts.put(named.id(), named) != null) {
        throw new QilinException(
            ErrorCode.INVALID_CONFIGURATION,
            "two analysts have the id " + QilinException.quote(named.id()));
      }
      weights.put(named.id(), weight);
      return this;
    }

    /** Least share of the weight that must have data; 0.5 unless set. */
    public Builder minCoverage(double fraction) {
      minCoverage = fraction;
      return this;
    }

    /** Least safety on [0, 1] by the risk manager; 0.3 unless set. */
    public Builder minSafety(double fraction) {
      minSafety = fraction;
      return this;
    }

    /** The score in [−1, 1] that a share must exceed; 0 unless set. */
    public Builder minScore(double score) {
      minScore = score;
      return this;
    }

    /** How many shares are recommended at most; 2 unless set. */
    public Builder top(int count) {
      top = count;
      return this;
    }

    /** When the state of the market stops purchases; {@link MarketGate#DEFAULT} unless set. */
    public Builder market(MarketGate marketGate) {
      market = Objects.requireNonNull(marketGate, "market");
      return this;
    }

    /**
     * The debate about the best shares; none unless set. Its models and the analysts share the {@link
     * #deadline}.
     */
    public Builder debate(Debate held) {
      debate = Optional.of(held);
      return this;
    }

    /** Limit-up facts shared with the analysts; its own unless set. */
    public Builder memo(LimitUpMemo shared) {
      memo = Objects.requireNonNull(shared, "memo");
      return this;
    }

    /** Price and size of orders; {@link OrderPlan#DEFAULT} unless set. */
    public Builder plan(OrderPlan orderPlan) {
      plan = Objects.requireNonNull(orderPlan, "plan");
      return this;
    }

    /** The limits of the standard risk gate; {@link RiskSettings#moderate()} unless set. */
    public Builder risk(RiskSettings limits) {
      risk = Objects.requireNonNull(limits, "risk");
      return this;
    }

    /**
     * A gate with other rules, instead of the standard one; such a desk is not rebuilt from its
     * record.
     */
    public Builder gate(RiskGate otherGate) {
      gate = Optional.of(otherGate);
      return this;
    }

    /** A switch that holds back everything while it is on; none unless set. */
    public Builder killSwitch(KillSwitch shared) {
      killSwitch = Optional.of(shared);
      return this;
    }

    /** What the account owns; a million yuan in cash unless set. */
    public Builder portfolio(Portfolio owned) {
      portfolio = Objects.requireNonNull(owned, "portfolio");
      return this;
    }

    /** Where the analysts run; on the caller's thread, one after the other, unless set. */
    public Builder executor(Executor where) {
      executor = Objects.requireNonNull(where, "executor");
      return this;
    }

    /**
     * How long analysts and models may take together; 30 seconds unless set. On the caller's own
     * thread no analyst can be late. A late analyst is interrupted and abstains; for a late model rules
     * speak.
     */
    public Builder deadline(Duration longest) {
      deadline = Objects.requireNonNull(longest, "deadline");
      return this;
    }

    /** Where the steps of decisions are published; nowhere unless set. */
    public Builder events(DeskEvents publisher) {
      events = Optional.of(publisher);
      return this;
    }

    /**
     * Where runs ({@code qilin.desk.run}), analysts ({@code qilin.desk.analyst}), debates ({@code
     * qilin.desk.debate}), and the risk gate with the choice of shares ({@code qilin.desk.select}) are
     * observed; nowhere unless set. No share is a key. A run whose data, analysts or models are not what
     * they should be has the key {@code degraded} of {@code analyst}, {@code data} and {@code model}.
     */
    public Builder observations(ObservationRegistry host) {
      registry = Objects.requireNonNull(host, "registry");
      return this;
    }

    /**
     * The desk.
     *
     * @throws QilinException INVALID_CONFIGURATION without any analyst, or if a setting is out of
     *     range
     */
    public ResearchDesk build() {
      if (top < 0 || top > 100) {
        throw bad("top is 0 to 100, was " + top);
      }
      if (!(minScore >= -1 && minScore <= 1)) {
        throw bad("the least score is in [-1, 1], was " + minScore);
      }
      if (deadline.isNegative() || deadline.compareTo(Duration.ofDays(1)) > 0) {
        throw bad("a deadline is 0 to 24 hours, was " + deadline);
      }
      RiskGate used = gate.orElseGet(() -> RiskGate.of(killSwitch
          .map(shared -> RiskRules.standard(risk, shared))
          .orElseGet(() -> RiskRules.standard(risk))));
      DeskParts parts = new DeskParts(
          List.copyOf(analysts.values()),
          riskManager,
          Consensus.of(weights, minCoverage, minSafety),
          new Selection.Terms(used, plan, top, minScore),
          market,
          memo,
          debate,
          portfolio,
          executor,
          deadline,
          new DeskMonitor.Outlets(registry, events),
          new SnapshotDigests());
      return new ResearchDesk(parts, texts(used));
    }

    private static QilinException bad(String message) {
      return new QilinException(ErrorCode.INVALID_CONFIGURATION, message);
    }

    private SortedMap<String, String> texts(RiskGate used) {
      SortedMap<String, String> out = new TreeMap<>();
      out.putAll(OrderText.write(plan));
      out.putAll(PortfolioText.write(portfolio));
      out.putAll(
          gate.isPresent()
              ? Map.of("risk.gate", String.join(",", used.rules()))
              : RiskText.write(risk));
      out.put("desk.top", Integer.toString(top));
      out.put("desk.min-score", OrderText.number(minScore));
      out.put("desk.min-coverage", OrderText.number(minCoverage));
      out.put("desk.min-safety", OrderText.number(minSafety));
      out.put("desk.market-ice", Boolean.toString(market.ice()));
      out.put("desk.market-breaker", Integer.toString(market.breaker()));
      out.put("desk.risk-manager", riskManager.id());
      debate.ifPresent(
          held -> held.settings().forEach((name, text) -> out.put("debate." + name, text)));
      weights.forEach((id, weight) -> out.put("weight." + id, OrderText.number(weight)));
      List<NamedAnalyst> all = new ArrayList<>(analysts.values());
      all.add(riskManager);
      for (NamedAnalyst named : all) {
        named
            .configured()
            .ifPresent(analyst -> analyst
                .settings()
                .forEach((name, text) -> out.put("analyst." + named.id() + "." + name, text)));
      }
      return java.util.Collections.unmodifiableSortedMap(out);
    }
  }
}
