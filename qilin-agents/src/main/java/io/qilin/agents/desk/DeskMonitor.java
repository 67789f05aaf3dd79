package io.qilin.agents.desk;

import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationRegistry;
import io.qilin.agents.debate.CaseFile;
import io.qilin.agents.debate.DebateGraph;
import io.qilin.agents.monitor.DeskEvent;
import io.qilin.agents.monitor.DeskEvents;
import io.qilin.api.analysis.Analyst;
import io.qilin.api.analysis.MarketSnapshot;
import io.qilin.api.analysis.ModelUse;
import io.qilin.api.analysis.Opinion;
import io.qilin.api.analysis.Statement;
import io.qilin.api.market.Symbol;
import java.time.LocalDate;
import java.util.Map;
import java.util.Optional;

/**
 * Tells of one decision: events to the host's subscribers, observations to its registry. Observations:
 * {@code qilin.desk.run}, and below it {@code qilin.desk.analyst} with the key {@code analyst} and
 * {@code qilin.desk.debate}. Thread-safe.
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

  DeskMonitor(Outlets outlets, LocalDate session) {
    this.outlets = outlets;
    this.session = session;
    this.run = Observation.createNotStarted("qilin.desk.run", outlets.registry());
  }

  /** Observes the whole decision. */
  Selection.Decision run(Observation.CheckedCallable<Selection.Decision, RuntimeException> work) {
    tell(DeskEvent.Kind.STARTED, DESK, Optional.empty(), "");
    Selection.Decision decision = run.observeChecked(work);
    decision
        .recommendations()
        .forEach(one -> tell(
            DeskEvent.Kind.RECOMMENDED, DESK, Optional.of(one.symbol()), "rank " + one.rank()));
    tell(
        DeskEvent.Kind.FINISHED,
        DESK,
        Optional.empty(),
        decision.recommendations().size() + " of " + decision.candidates().size()
            + " shares recommended");
    return decision;
  }

  /** Lets an analyst work. */
  Map<Symbol, Opinion> analyze(Analyst analyst, MarketSnapshot snapshot) {
    Map<Symbol, Opinion> opinions = Observation.createNotStarted(
            "qilin.desk.analyst", outlets.registry())
        .parentObservation(run)
        .contextualName("analyst " + analyst.id())
        .lowCardinalityKeyValue("analyst", analyst.id())
        .observe(() -> analyst.analyze(snapshot));
    tell(DeskEvent.Kind.ANALYST_ANSWERED, analyst.id(), Optional.empty(), "");
    return opinions;
  }

  /** An analyst has no answer. */
  void failed(String analyst, String reason) {
    tell(DeskEvent.Kind.ANALYST_FAILED, analyst, Optional.empty(), reason);
  }

  void ranked(int shares) {
    tell(DeskEvent.Kind.RANKED, DESK, Optional.empty(), shares + " shares");
  }

  void stopped(MarketGate.Stop stop) {
    tell(DeskEvent.Kind.MARKET_STOPPED, stop.outcome(), Optional.empty(), stop.detail());
  }

  /** Observes the debates. */
  <T> T debate(Observation.CheckedCallable<T, RuntimeException> work) {
    return Observation.createNotStarted("qilin.desk.debate", outlets.registry())
        .parentObservation(run)
        .observeChecked(work);
  }

  void spoken(CaseFile file, DebateGraph.Turn turn, Statement said, Optional<ModelUse> use) {
    tell(
        DeskEvent.Kind.SPOKEN,
        said.from(),
        Optional.of(file.about()),
        "turn " + turn.number() + ", " + said.origin()
            + use.map(one -> ", " + one.outcome()).orElse(""));
  }

  private void tell(DeskEvent.Kind kind, String subject, Optional<Symbol> symbol, String detail) {
    outlets
        .events()
        .ifPresent(all -> all.publish(new DeskEvent(kind, session, subject, symbol, detail)));
  }
}
