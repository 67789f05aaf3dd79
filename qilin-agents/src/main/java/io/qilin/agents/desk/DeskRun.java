package io.qilin.agents.desk;

import io.qilin.agents.analyst.ConfiguredAnalyst;
import io.qilin.agents.debate.CaseFile;
import io.qilin.agents.debate.Debate;
import io.qilin.agents.debate.DebateModels;
import io.qilin.api.analysis.Deliberation;
import io.qilin.api.analysis.MarketSnapshot;
import io.qilin.api.analysis.Opinion;
import io.qilin.api.error.QilinException;
import io.qilin.api.market.Symbol;
import io.qilin.api.record.PublicationTimes;
import io.qilin.api.risk.RiskContext;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** One decision of a desk: ask, judge, debate, choose. For one thread. */
final class DeskRun {
  private final DeskParts parts;
  private final MarketSnapshot snapshot;
  private final LocalDate session;
  private final long start;
  private final DeskMonitor monitor;
  private final Map<Symbol, List<Opinion>> opinions = new TreeMap<>();

  /**
   * Prepares a decision.
   *
   * @throws QilinException INVALID_ARGUMENT if the session is not after the day, or the snapshot
   *     knows too much
   */
  DeskRun(DeskParts parts, MarketSnapshot snapshot, LocalDate session) {
    this.parts = parts;
    this.snapshot = Objects.requireNonNull(snapshot, "snapshot");
    this.session = Objects.requireNonNull(session, "session");
    this.start = now();
    this.monitor = new DeskMonitor(parts.outlets(), session);
    if (!session.isAfter(snapshot.day())) {
      throw QilinException.invalid(
          "a session lies after the day of the snapshot, " + snapshot.day() + ", was " + session);
    }
    if (snapshot.asOf().isAfter(PublicationTimes.openingOf(session))) {
      throw QilinException.invalid("a decision for " + session + " is taken by "
          + PublicationTimes.openingOf(session)
          + ", its opening; the snapshot knows what was public at " + snapshot.asOf());
    }
  }

  Selection.Decision decide() {
    return monitor.run(this::decision);
  }

  private Selection.Decision decision() {
    if (snapshot.provenance().copyOf().isPresent()) {
      monitor.stale();
    }
    List<Judgement> ranking = parts.consensus().rank(hear());
    monitor.ranked(ranking.size());
    Optional<MarketGate.Stop> stop = parts.market().stop(snapshot, opinions, parts.memo());
    stop.ifPresent(monitor::stopped);
    List<Deliberation> said = stop.isPresent() ? List.of() : debate(ranking);
    RiskContext context =
        new RiskContext(session, snapshot.raw(), snapshot.securities(), parts.portfolio());
    Selection selection =
        new Selection(parts.terms(), context, new Selection.Choice(snapshot, opinions, stop, said));
    return monitor.part("select", () -> selection.choose(moved(ranking, said)));
  }

  private List<Judgement> hear() {
    Hearing hearing =
        new Hearing(parts.analysts(), snapshot, parts.executor(), parts.deadline(), monitor);
    List<Symbol> traded = hearing.traded();
    List<Integer> speaking = speaking(hearing, traded);
    int riskManager = parts.voters().size();
    List<Judgement> judgements = new ArrayList<>(traded.size());
    for (Symbol symbol : traded) {
      List<Opinion> votes = new ArrayList<>(riskManager + 1);
      for (int k : speaking) {
        hearing.opinion(k, symbol).ifPresent(votes::add);
      }
      Optional<Opinion> risk = hearing.opinion(riskManager, symbol);
      judgements.add(parts.consensus().judge(symbol, votes, risk));
      risk.ifPresent(votes::add);
      opinions.put(symbol, votes);
    }
    return judgements;
  }

  /** The voters that have data on any share at all, or failed. */
  private List<Integer> speaking(Hearing hearing, List<Symbol> traded) {
    List<Integer> out = new ArrayList<>();
    for (int k = 0; k < parts.voters().size(); k++) {
      if (!hearing.silent(k, traded)) {
        out.add(k);
      }
    }
    return out;
  }

  /** Has the best shares that may still be bought argued about. */
  private List<Deliberation> debate(List<Judgement> ranking) {
    if (parts.debate().isEmpty()) {
      return List.of();
    }
    Debate debate = parts.debate().get();
    List<CaseFile> cases = ranking.stream()
        .filter(one -> one.heldBack().isEmpty()
            && one.score() > parts.terms().minScore() - debate.band()
            && !Selection.unbuyable(opinions.getOrDefault(one.symbol(), List.of())))
        .limit(debate.candidates())
        .map(one -> CaseFile.of(
            one.symbol(),
            snapshot,
            session,
            one.score(),
            opinions.getOrDefault(one.symbol(), List.of()),
            one.trace()))
        .toList();
    Duration left = parts.deadline().minusNanos(now() - start);
    return monitor.part("debate", () -> debate.hold(cases, this::inputs, left, monitor::spoken));
  }

  private long now() {
    return parts
        .debate()
        .flatMap(Debate::models)
        .map(DebateModels::ticker)
        .map(ticker -> ticker.getAsLong())
        .orElse(0L);
  }

  /** The ranking after what was said; the same one if nothing moved. */
  private List<Judgement> moved(List<Judgement> ranking, List<Deliberation> said) {
    Map<Symbol, Double> moves = new HashMap<>();
    said.stream()
        .filter(one -> one.adjustment() != 0)
        .forEach(one -> moves.put(one.about(), one.adjustment()));
    if (moves.isEmpty()) {
      return ranking;
    }
    return parts
        .consensus()
        .rank(ranking.stream()
            .map(one -> moves.containsKey(one.symbol()) ? one.moved(moves.get(one.symbol())) : one)
            .toList());
  }

  /** SHA-256 of everything that the decision rests on, by name. */
  SortedMap<String, String> inputs() {
    SortedMap<String, String> inputs = new TreeMap<>(parts.digests().of(snapshot));
    inputs.put("portfolio", InputDigests.texts(PortfolioText.write(parts.portfolio())));
    for (NamedAnalyst named : parts.analysts()) {
      named
          .configured()
          .ifPresent(analyst ->
              told(analyst).forEach((name, digest) -> inputs.put(named.id() + "." + name, digest)));
    }
    parts
        .debate()
        .ifPresent(debate ->
            debate.inputs().forEach((name, digest) -> inputs.put("debate." + name, digest)));
    return inputs;
  }

  /** The inputs of an analyst; if it fails, one that says so. */
  private Map<String, String> told(ConfiguredAnalyst analyst) {
    try {
      return Map.copyOf(analyst.inputs(snapshot.day()));
    } catch (RuntimeException | AssertionError | LinkageError | StackOverflowError e) {
      return Map.of("inputs", Hearing.code() + "not known: " + Hearing.describe(e));
    }
  }
}
