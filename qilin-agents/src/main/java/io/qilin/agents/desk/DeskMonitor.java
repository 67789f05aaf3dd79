package io.qilin.agents.desk;

import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationRegistry;
import io.qilin.agents.debate.CaseFile;
import io.qilin.agents.debate.DebateGraph;
import io.qilin.agents.monitor.DeskEvent;
import io.qilin.agents.monitor.DeskEvents;
import io.qilin.api.analysis.MarketSnapshot;
import io.qilin.api.analysis.ModelUse;
import io.qilin.api.analysis.Opinion;
import io.qilin.api.analysis.Statement;
import io.qilin.api.market.Symbol;
import java.time.LocalDate;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;

/**
 * Tells of one decision: events to the host's subscribers, observations to its registry. Observations:
 * {@code qilin.desk.run}, and below it {@code qilin.desk.analyst} with the key {@code analyst}, {@code
 * qilin.desk.debate} and {@code qilin.desk.select}. The steps are events of the run, named by their
 * kind; what they say of shares and failures is left to the subscribers. Thread-safe.
 */
final class DeskMonitor {
  /** What a desk was given to tell. */
  record Outlets(ObservationRegistry registry, Optional<DeskEvents> events) {
    static final Outlets NONE = new Outlets(ObservationRegistry.NOOP, Optional.empty());
  }

  private static final String DESK = "desk";

  private final Outlets outlets;
  private final LocalDate session;
  private final Observation run;
  private final Set<String> degraded = new ConcurrentSkipListSet<>();

  DeskMonitor(Outlets outlets, LocalDate session) {
    this.outlets = outlets;
    this.session = session;
    this.run = Observation.createNotStarted("qilin.desk.run", outlets.registry());
  }

  /** Observes the whole decision. */
  Selection.Decision run(Observation.CheckedCallable<Selection.Decision, RuntimeException> work) {
    tell(DeskEvent.Kind.STARTED, DESK, Optional.empty(), "");
    Selection.Decision decision = run.observeChecked(() -> {
      run.highCardinalityKeyValue("session", session.toString());
      Selection.Decision made = work.call();
      run.highCardinalityKeyValue(
              "candidates", Integer.toString(made.candidates().size()))
          .highCardinalityKeyValue(
              "recommended", Integer.toString(made.recommendations().size()));
      if (!degraded.isEmpty()) {
        run.highCardinalityKeyValue("degraded", String.join(",", degraded));
      }
      made.recommendations()
          .forEach(one -> tell(
              DeskEvent.Kind.RECOMMENDED, DESK, Optional.of(one.symbol()), "rank " + one.rank()));
      return made;
    });
    tell(
        DeskEvent.Kind.FINISHED,
        DESK,
        Optional.empty(),
        decision.recommendations().size() + " of " + decision.candidates().size()
            + " shares recommended");
    return decision;
  }

  /** Lets an analyst work. */
  Map<Symbol, Opinion> analyze(NamedAnalyst named, MarketSnapshot snapshot) {
    Observation observation = Observation.createNotStarted("qilin.desk.analyst", outlets.registry())
        .parentObservation(run)
        .contextualName("analyst " + named.id())
        .lowCardinalityKeyValue("analyst", named.id());
    Map<Symbol, Opinion> opinions = observation.observe(() -> {
      Map<Symbol, Opinion> answer = named.analyst().analyze(snapshot);
      if (!observation.isNoop()) {
        count(observation, answer);
      }
      return answer;
    });
    tell(DeskEvent.Kind.ANALYST_ANSWERED, named.id(), Optional.empty(), "");
    return opinions;
  }

  /** What cannot be counted is left to the hearing, which reads it once more. */
  private static void count(Observation observation, Map<Symbol, Opinion> answer) {
    try {
      long abstained = answer.values().stream()
          .filter(opinion -> opinion.<Boolean>fold(scored -> false, abstention -> true))
          .count();
      observation
          .highCardinalityKeyValue("opinions", Integer.toString(answer.size()))
          .highCardinalityKeyValue("abstained", Long.toString(abstained));
    } catch (RuntimeException | AssertionError | LinkageError | StackOverflowError e) {
      observation.highCardinalityKeyValue("opinions", "unreadable");
    }
  }

  /** An analyst has no answer. */
  void failed(String analyst, String reason) {
    degraded.add("analyst");
    tell(DeskEvent.Kind.ANALYST_FAILED, analyst, Optional.empty(), reason);
  }

  void ranked(int shares) {
    tell(DeskEvent.Kind.RANKED, DESK, Optional.empty(), shares + " shares");
  }

  void stopped(MarketGate.Stop stop) {
    tell(DeskEvent.Kind.MARKET_STOPPED, stop.outcome(), Optional.empty(), stop.detail());
  }

  /** The data is a kept copy. */
  void stale() {
    degraded.add("data");
  }

  /**
   * Observes a part of the decision.
   *
   * @param name {@code debate} or {@code select}
   */
  <T> T part(String name, Observation.CheckedCallable<T, RuntimeException> work) {
    return Observation.createNotStarted("qilin.desk." + name, outlets.registry())
        .parentObservation(run)
        .observeChecked(work);
  }

  void spoken(CaseFile file, DebateGraph.Turn turn, Statement said, Optional<ModelUse> use) {
    if (use.filter(one -> !one.outcome().equals(ModelUse.USED)).isPresent()) {
      degraded.add("model");
    }
    tell(
        DeskEvent.Kind.SPOKEN,
        said.from(),
        Optional.of(file.about()),
        "turn " + turn.number() + ", " + said.origin()
            + use.map(one -> ", " + one.outcome()).orElse(""));
  }

  private void tell(DeskEvent.Kind kind, String subject, Optional<Symbol> symbol, String detail) {
    if (!run.isNoop() && kind != DeskEvent.Kind.STARTED && kind != DeskEvent.Kind.FINISHED) {
      String name = kind.name().toLowerCase(Locale.ROOT).replace('_', '-');
      run.event(Observation.Event.of(name, subject.equals(DESK) ? name : name + " " + subject));
    }
    outlets
        .events()
        .ifPresent(all -> all.publish(new DeskEvent(kind, session, subject, symbol, detail)));
  }
}
