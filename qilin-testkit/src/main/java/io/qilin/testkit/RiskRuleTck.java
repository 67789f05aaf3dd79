package io.qilin.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.qilin.api.error.QilinException;
import io.qilin.api.market.Field;
import io.qilin.api.market.Panel;
import io.qilin.api.market.SecurityTimeline;
import io.qilin.api.market.Symbol;
import io.qilin.api.risk.RiskContext;
import io.qilin.api.risk.RiskRule;
import io.qilin.api.risk.RiskVerdict;
import io.qilin.api.trading.Order;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.Test;

/**
 * The contract of every {@link RiskRule}: extend, supply the rule, a case that it passes, one that it rejects, and what
 * it reads; run. Of what it reads, nothing may be unknown: it fails closed. What it does not read cannot change its
 * verdict.
 */
public abstract class RiskRuleTck {
  /** A part of the {@link RiskContext} that may be unknown. */
  public enum Reads {
    /** The prices before the session. */
    HISTORY,
    /** What the codes stand for. */
    SECURITIES
  }

  /**
   * One order and what is known when it is judged.
   *
   * @param order the order
   * @param context what the rule may look at
   */
  public record Case(Order order, RiskContext context) {
    /** Checks the parts. */
    public Case {
      Objects.requireNonNull(order, "order");
      Objects.requireNonNull(context, "context");
    }
  }

  /** For subclasses. */
  protected RiskRuleTck() {}

  /** The rule to judge. */
  protected abstract RiskRule rule();

  /** A case that the rule passes, with all data known. */
  protected abstract Case passing();

  /** A case that the rule rejects, with all data known. */
  protected abstract Case rejected();

  /** What the rule needs to know in order to pass the case of {@link #passing()}. */
  protected abstract Set<Reads> reads();

  @Test
  void whenAskedForItsId_thenItIsKebabCase() {
    assertThat(rule().id()).matches("[a-z0-9]+(-[a-z0-9]+)*").hasSizeLessThanOrEqualTo(64);
  }

  @Test
  void whenTheOrderObeys_thenItPasses() {
    assertThat(verdict(passing())).isEqualTo(RiskVerdict.pass());
  }

  @Test
  void whenTheOrderBreaksTheRule_thenItIsRejectedWithRuleAndReason() {
    RiskVerdict verdict = verdict(rejected());
    assertThat(verdict).isInstanceOfSatisfying(RiskVerdict.Reject.class, reject -> {
      assertThat(reject.rule()).isEqualTo(rule().id());
      assertThat(reject.reason()).isNotBlank().doesNotContain("\n");
    });
  }

  @Test
  void whenAskedTwice_thenTheVerdictIsTheSame() {
    RiskRule rule = rule();
    for (Case one : new Case[] {passing(), rejected(), passing()}) {
      RiskVerdict first = rule.check(one.order(), one.context());
      assertThat(rule.check(one.order(), one.context())).isEqualTo(first);
      assertThat(verdict(one)).isEqualTo(first);
    }
  }

  @Test
  void whenAskedByManyThreads_thenTheVerdictIsTheSame()
      throws InterruptedException, ExecutionException {
    RiskRule rule = rule();
    Case rejected = rejected();
    assertThat(Parallel.answers(() -> rule.check(rejected.order(), rejected.context())))
        .containsOnly(verdict(rejected));
  }

  @Test
  void whenThePriceIsWrittenWithMoreZeros_thenTheVerdictIsTheSame() {
    for (Case one : new Case[] {passing(), rejected()}) {
      Order order = one.order();
      BigDecimal price = order.price();
      Order same = new Order(
          order.symbol(), order.side(), price.setScale(price.scale() + 1), order.shares());
      assertThat(verdict(new Case(same, one.context())).passed())
          .as("%s and %s are one price", price, same.price())
          .isEqualTo(verdict(one).passed());
    }
  }

  @Test
  void whenTheOrderIsAsLargeAsCanBe_thenThereIsAVerdictOrATypedError() {
    Order order = passing().order();
    BigDecimal highest = new BigDecimal("999999999999.999999999999");
    Order largest = new Order(order.symbol(), order.side(), highest, Long.MAX_VALUE);
    assertThatCode(() -> passes(new Case(largest, passing().context())))
        .as("a rule refuses what it cannot count; it neither overflows nor fails otherwise")
        .doesNotThrowAnyException();
  }

  @Test
  void whenNobodyKnowsTheShare_thenThereIsAVerdictOrATypedError() {
    Order order = passing().order();
    Order unknown =
        new Order(Symbol.other("NOBODY_KNOWS"), order.side(), order.price(), order.shares());
    assertThatCode(() -> passes(new Case(unknown, passing().context()))).doesNotThrowAnyException();
  }

  @Test
  void whenPricesAreUnknown_thenItDoesNotPassIfItReadsThem() {
    Case passing = passing();
    assertUnknown(Reads.HISTORY, with(passing, blank(passing.context().history())));
  }

  @Test
  void whenTheShareIsNotInTheHistory_thenItDoesNotPassIfItReadsIt() {
    Case passing = passing();
    Panel history = passing.context().history();
    Symbol wanted = passing.order().symbol();
    assertUnknown(Reads.HISTORY, with(passing, history.only(symbol -> !symbol.equals(wanted))));
  }

  @Test
  void whenTheShareIsOfUnknownKind_thenItDoesNotPassIfItReadsThat() {
    Case passing = passing();
    assertUnknown(Reads.SECURITIES, with(passing, Map.of()));
  }

  private void assertUnknown(Reads what, Case unknown) {
    if (reads().contains(what)) {
      assertThat(passes(unknown)).as("passed although %s is unknown", what).isFalse();
    } else {
      assertThat(passes(unknown)).as("%s is not declared as read", what).isTrue();
    }
  }

  private RiskVerdict verdict(Case one) {
    return rule().check(one.order(), one.context());
  }

  /** A rule that throws counts as a rejection. */
  private boolean passes(Case one) {
    try {
      return verdict(one).passed();
    } catch (QilinException e) {
      return false;
    }
  }

  private static Case with(Case one, Panel history) {
    RiskContext known = one.context();
    return new Case(
        one.order(),
        new RiskContext(known.session(), history, known.securities(), known.portfolio()));
  }

  private static Case with(Case one, Map<Symbol, SecurityTimeline> securities) {
    RiskContext known = one.context();
    return new Case(
        one.order(),
        new RiskContext(known.session(), known.history(), securities, known.portfolio()));
  }

  private static Panel blank(Panel panel) {
    Panel.Builder builder = Panel.builder(panel.days(), panel.adjustment());
    for (int i = 0; i < panel.symbols().size(); i++) {
      for (Field field : panel.fields()) {
        double[] values = new double[panel.endRow(i) - panel.firstRow(i)];
        Arrays.fill(values, Double.NaN);
        builder.column(panel.symbols().get(i), field, panel.firstRow(i), values);
      }
    }
    return builder.build();
  }
}
