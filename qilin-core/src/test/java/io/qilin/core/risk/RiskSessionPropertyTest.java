package io.qilin.core.risk;

import static io.qilin.core.risk.RiskCases.BEIJING;
import static io.qilin.core.risk.RiskCases.CHINEXT;
import static io.qilin.core.risk.RiskCases.DELISTED;
import static io.qilin.core.risk.RiskCases.MAIN;
import static io.qilin.core.risk.RiskCases.NEW;
import static io.qilin.core.risk.RiskCases.OTHER;
import static io.qilin.core.risk.RiskCases.ST;
import static io.qilin.core.risk.RiskCases.STAR;
import static io.qilin.core.risk.RiskCases.SUSPENDED;
import static io.qilin.core.risk.RiskCases.UNREFORMED;
import static org.assertj.core.api.Assertions.assertThat;

import io.qilin.api.market.RiskWarning;
import io.qilin.api.market.Symbol;
import io.qilin.api.money.Money;
import io.qilin.api.risk.RiskContext;
import io.qilin.api.risk.RiskRule;
import io.qilin.api.risk.RiskVerdict;
import io.qilin.api.trading.Holding;
import io.qilin.api.trading.Order;
import io.qilin.api.trading.Portfolio;
import io.qilin.api.trading.Side;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.function.BiFunction;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** The prepared rules against plain ones that compute the account anew for every order, in decimals. */
class RiskSessionPropertyTest {
  private static final List<Symbol> SYMBOLS =
      List.of(MAIN, OTHER, CHINEXT, STAR, ST, SUSPENDED, BEIJING, NEW, UNREFORMED, DELISTED);

  private record Naive(String id, BiFunction<Order, RiskContext, Optional<String>> objection)
      implements RiskRule {
    @Override
    public RiskVerdict check(Order order, RiskContext context) {
      return objection
          .apply(order, context)
          .<RiskVerdict>map(reason -> new RiskVerdict.Reject(id, reason))
          .orElse(RiskVerdict.pass());
    }
  }

  private static RiskGate naive(RiskSettings settings) {
    NaiveExchangeRules exchange = new NaiveExchangeRules(settings);
    NaiveAccountRules account = new NaiveAccountRules(settings);
    return RiskGate.of(List.of(
        new Naive("board-permission", exchange::board),
        new Naive("risk-warning", exchange::warning),
        new Naive("suspended", exchange::suspended),
        new Naive("lot", exchange::lot),
        new Naive("tick", exchange::tick),
        new Naive("price-limit", exchange::priceLimit),
        new Naive("price-cage", exchange::priceCage),
        new Naive("sellable", exchange::sellable),
        new Naive("cash", account::cash),
        new Naive("single", account::single),
        new Naive("total", account::total),
        new Naive("sector", account::sector),
        new Naive("volume", account::volume),
        new Naive("drawdown", account::drawdown),
        new Naive("daily-loss", account::dailyLoss),
        new Naive("position-loss", account::positionLoss),
        new Naive("one-day-stress", account::oneDayStress),
        new Naive("two-day-stress", account::twoDayStress),
        new Naive("locked-stress", account::lockedStress)));
  }

  private static RiskSettings settings(SplittableRandom random) {
    RiskSettings.Builder builder = RiskSettings.builder(
            List.of("conservative", "moderate", "aggressive").get(random.nextInt(3)))
        .continuous(random.nextBoolean())
        .warnings(Set.of(RiskWarning.values()))
        .drawdown(
            BigDecimal.valueOf(33_333_333 + random.nextInt(10) * 10_000_000L, 9).doubleValue());
    if (random.nextBoolean()) {
      builder.highWaterMark(Money.ofFen(random.nextLong(200_000_000)));
    }
    if (random.nextBoolean()) {
      builder.dayStart(Money.ofFen(1 + random.nextLong(200_000_000)));
    }
    if (random.nextBoolean()) {
      Map<Symbol, String> sectors = new TreeMap<>();
      SYMBOLS.forEach(symbol -> {
        if (random.nextInt(8) > 0) {
          sectors.put(symbol, random.nextBoolean() ? "bank" : "tech");
        }
      });
      builder.sectors(sectors);
    }
    return builder.build();
  }

  private static Portfolio portfolio(SplittableRandom random) {
    Map<Symbol, List<Holding>> holdings = new TreeMap<>();
    for (Symbol symbol : SYMBOLS) {
      List<Holding> lots = new ArrayList<>();
      for (int n = random.nextInt(3); n > 0; n--) {
        long shares = 1L + random.nextInt(20_000);
        lots.add(new Holding(
            shares,
            Money.ofFen(shares * (900 + random.nextInt(400))),
            RiskCases.SESSION.plusDays(random.nextInt(2))));
      }
      holdings.put(symbol, lots);
    }
    return new Portfolio(Money.ofFen(random.nextLong(200_000_000)), holdings);
  }

  private static Order order(SplittableRandom random) {
    long shares = random.nextInt(4) == 0
        ? 1L + random.nextInt(30_000)
        : 100L * (1 + random.nextInt(1 << random.nextInt(1, 12)));
    BigDecimal price = random.nextInt(8) == 0
        ? BigDecimal.valueOf(8_000 + random.nextInt(4_000), 3)
        : BigDecimal.valueOf(880 + random.nextInt(240), 2);
    return new Order(
        SYMBOLS.get(random.nextInt(SYMBOLS.size())),
        random.nextBoolean() ? Side.BUY : Side.SELL,
        price,
        shares);
  }

  /** Every rule's objection, with its figures, must be the same: at first, and after orders were accepted. */
  @Property(tries = 300)
  void whenOrdersFollowEachOther_thenEveryRuleSaysWhatThePlainOneSays(@ForAll long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    RiskSettings settings = settings(random);
    RiskGate gate = RiskGate.standard(settings);
    RiskGate naive = naive(settings);
    RiskSession session = RiskSession.of(RiskCases.context(portfolio(random)));
    for (int n = 0; n < 20; n++) {
      Order order = order(random);
      RiskContext now = session.context();
      assertThat(gate.objections(order, session)).isEqualTo(naive.objections(order, now));
      assertThat(gate.check(order, session))
          .isEqualTo(naive.check(order, now))
          .isEqualTo(gate.check(order, now));
      if (order.side() == Side.BUY
          && session.share(order.symbol()).costFen(order) <= session.cashFen()) {
        session.accept(order);
      } else if (order.side() == Side.SELL
          && order.shares() <= session.share(order.symbol()).sellable()) {
        session.accept(order);
        session.sold(order);
      }
    }
  }

  /** A session that was changed and one made from where it has come to know the same sums. */
  @Property(tries = 200)
  void whenTheAccountChanged_thenTheSumsAreThoseOfANewSession(@ForAll long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    RiskSession session = RiskSession.of(RiskCases.context(portfolio(random)));
    for (int n = 0; n < 30; n++) {
      Order order = order(random);
      SessionShare share = session.share(order.symbol());
      if (order.side() == Side.BUY
          ? share.costFen(order) <= session.cashFen()
          : order.shares() <= share.sellable()) {
        session.accept(order);
        if (order.side() == Side.SELL && random.nextBoolean()) {
          session.sold(order);
        }
      }
    }
    RiskSession fresh = RiskSession.of(session.context());
    assertThat(fresh.equityMills()).isEqualTo(session.equityMills());
    assertThat(fresh.valueMills()).isEqualTo(session.valueMills());
    assertThat(fresh.putInMills()).isEqualTo(session.putInMills());
    for (int days = 1; days <= 3; days++) {
      assertThat(fresh.stressMills(days)).isEqualTo(session.stressMills(days));
    }
    for (Symbol symbol : SYMBOLS) {
      assertThat(fresh.share(symbol).held()).isEqualTo(session.share(symbol).held());
      assertThat(fresh.share(symbol).sellable()).isEqualTo(session.share(symbol).sellable());
    }
  }
}
