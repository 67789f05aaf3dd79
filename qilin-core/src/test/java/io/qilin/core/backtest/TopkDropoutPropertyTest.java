package io.qilin.core.backtest;

import static org.assertj.core.api.Assertions.assertThat;

import io.qilin.api.market.Symbol;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.Predicate;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

class TopkDropoutPropertyTest {
  /** The rule once more, as plainly as the text of the specification. */
  private static TopkDropout.Selection plainly(
      TopkDropout rule,
      Map<Symbol, Double> scores,
      List<Symbol> holdings,
      Predicate<Symbol> tradable) {
    Comparator<Symbol> best = Comparator.comparing(
            (Symbol s) -> scores.getOrDefault(s, Double.NEGATIVE_INFINITY),
            Comparator.reverseOrder())
        .thenComparing(Comparator.naturalOrder());
    List<Symbol> last = holdings.stream().sorted(best).toList();
    List<Symbol> others =
        scores.keySet().stream().filter(s -> !last.contains(s)).sorted(best).toList();
    int count = rule.nDrop() + rule.topk() - last.size();
    List<Symbol> today = rule.onlyTradable()
        ? others.stream().filter(tradable).limit(Math.max(count, 1)).toList()
        : python(others, count);
    List<Symbol> both = new ArrayList<>(last);
    both.addAll(today);
    both.sort(best.reversed());
    List<Symbol> marked = rule.onlyTradable()
        ? both.stream().filter(tradable).limit(Math.max(rule.nDrop(), 1)).toList()
        : rule.nDrop() == 0 ? both : python(both, rule.nDrop());
    List<Symbol> sell = last.stream().filter(marked::contains).toList();
    return new TopkDropout.Selection(sell, python(today, sell.size() + rule.topk() - last.size()));
  }

  private static List<Symbol> python(List<Symbol> list, int end) {
    return end >= 0
        ? list.subList(0, Math.min(end, list.size()))
        : list.subList(0, Math.max(list.size() + end, 0));
  }

  @Property(tries = 500)
  void whenAnySharesAreHeld_thenTheRuleIsThatOfTheSpecification(
      @ForAll @IntRange(min = 1, max = 12) int topk,
      @ForAll @IntRange(min = 0, max = 12) int nDrop,
      @ForAll @IntRange(min = 0, max = 120) int size,
      @ForAll @IntRange(min = 0, max = 30) int held,
      @ForAll boolean onlyTradable,
      @ForAll long seed) {
    Random random = new Random(seed);
    TopkDropout rule = TopkDropout.builder(topk, Math.min(nDrop, topk))
        .onlyTradable(onlyTradable)
        .build();
    Map<Symbol, Double> scores = new TreeMap<>();
    List<Symbol> holdings = new ArrayList<>();
    for (int i = 0; i < Math.max(size, held); i++) {
      Symbol symbol = Symbol.other("S" + i);
      if (i < size) {
        scores.put(symbol, (double) random.nextInt(40));
      }
      if (i < held) {
        holdings.add(symbol);
      }
    }
    int closed = 1 + random.nextInt(9);
    Predicate<Symbol> tradable = symbol -> symbol.hashCode() % 10 < closed;
    assertThat(rule.select(scores, holdings, tradable))
        .isEqualTo(plainly(rule, scores, holdings, tradable));
  }
}
