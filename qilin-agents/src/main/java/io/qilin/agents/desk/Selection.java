package io.qilin.agents.desk;

import io.qilin.agents.debate.CaseFile;
import io.qilin.api.analysis.Candidate;
import io.qilin.api.analysis.Deliberation;
import io.qilin.api.analysis.MarketSnapshot;
import io.qilin.api.analysis.Opinion;
import io.qilin.api.analysis.Recommendation;
import io.qilin.api.error.QilinException;
import io.qilin.api.market.Symbol;
import io.qilin.api.risk.RiskContext;
import io.qilin.api.risk.RiskVerdict;
import io.qilin.api.trading.Order;
import io.qilin.core.risk.RiskGate;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Goes down a ranking and turns the best shares into orders that the gate has passed; each order
 * taken counts as bought when the next one is judged. For one decision; not thread-safe.
 */
final class Selection {
  /**
   * What a desk asks of a recommendation.
   *
   * @param minScore the score that a share must exceed
   */
  record Terms(RiskGate gate, OrderPlan plan, int top, double minScore) {}

  /** What there is to choose from. */
  record Choice(
      MarketSnapshot snapshot,
      Map<Symbol, List<Opinion>> opinions,
      Optional<MarketGate.Stop> stop,
      List<Deliberation> deliberations) {
    LocalDate day() {
      return snapshot.day();
    }
  }

  /** What was decided. */
  record Decision(
      List<Candidate> candidates,
      List<Recommendation> recommendations,
      List<Deliberation> deliberations) {}

  /** What became of a share. */
  private record Held(String outcome, String detail) {}

  private final Terms terms;
  private final Choice choice;
  private final List<Candidate> candidates = new ArrayList<>();
  private final List<Recommendation> chosen = new ArrayList<>();
  private RiskContext context;

  Selection(Terms terms, RiskContext context, Choice choice) {
    this.terms = terms;
    this.context = context;
    this.choice = choice;
  }

  Decision choose(List<Judgement> ranking) {
    for (Judgement judgement : ranking) {
      Held held = heldBack(judgement).orElseGet(() -> tryOrder(judgement));
      candidates.add(new Candidate(
          judgement.symbol(),
          judgement.score(),
          judgement.confidence(),
          held.outcome(),
          held.detail(),
          spoken(judgement)));
    }
    return new Decision(List.copyOf(candidates), List.copyOf(chosen), choice.deliberations());
  }

  private List<Opinion> spoken(Judgement judgement) {
    return choice.opinions().getOrDefault(judgement.symbol(), List.of());
  }

  private Optional<Held> heldBack(Judgement judgement) {
    if (judgement.heldBack().isPresent()) {
      return Optional.of(new Held(judgement.heldBack().get(), judgement.detail()));
    }
    if (choice.stop().isPresent()) {
      MarketGate.Stop stop = choice.stop().get();
      return Optional.of(new Held(stop.outcome(), stop.detail()));
    }
    if (!(judgement.score() > terms.minScore())) {
      return Optional.of(
          new Held("score", "its score is not above " + OrderText.number(terms.minScore())));
    }
    if (unbuyable(spoken(judgement))) {
      return Optional.of(new Held("unbuyable", "it could not have been bought on " + choice.day()));
    }
    return Optional.empty();
  }

  /** Whether an analyst says that it cannot be bought. */
  static boolean unbuyable(List<Opinion> opinions) {
    return opinions.stream().anyMatch(opinion -> opinion.flags().contains("UNBUYABLE"));
  }

  private Held tryOrder(Judgement judgement) {
    if (chosen.size() >= terms.top()) {
      return new Held(ResearchDesk.NOT_IN_TOP, "");
    }
    Optional<Order> order;
    try {
      order = terms.plan().order(judgement.symbol(), context);
    } catch (QilinException | ArithmeticException e) {
      return new Held("order", String.valueOf(e.getMessage()));
    }
    if (order.isEmpty()) {
      return new Held("size", "the money or the volume does not allow the smallest order");
    }
    RiskVerdict verdict = terms.gate().check(order.get(), context);
    return verdict.fold(
        () -> recommend(judgement, order.get()),
        reject -> new Held(reject.rule(), reject.reason()));
  }

  private List<String> reasons(Judgement judgement, Order order) {
    List<String> out = new ArrayList<>(Reasons.of(judgement, spoken(judgement), order, context));
    CaseFile file = CaseFile.of(
        judgement.symbol(),
        choice.snapshot(),
        context.session(),
        judgement.score(),
        spoken(judgement),
        judgement.trace());
    out.addAll(CounterArguments.of(file));
    choice.deliberations().stream()
        .filter(one -> one.about().equals(judgement.symbol()))
        .forEach(one -> out.addAll(CounterArguments.of(one)));
    return out;
  }

  private Held recommend(Judgement judgement, Order order) {
    chosen.add(new Recommendation(
        chosen.size() + 1,
        judgement.symbol(),
        choice.day(),
        context.session(),
        judgement.score(),
        judgement.confidence(),
        order,
        judgement.trace(),
        reasons(judgement, order)));
    context = new RiskContext(
        context.session(),
        context.history(),
        context.securities(),
        Purchases.after(order, context));
    return new Held(ResearchDesk.RECOMMENDED, "");
  }
}
