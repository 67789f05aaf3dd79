package io.qilin.data.quality.table;

import static org.assertj.core.api.Assertions.assertThat;

import io.qilin.api.quality.QualityDimension;
import io.qilin.api.quality.QualitySeverity;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

class RuleTextPropertyTest {
  private static final List<String> COLUMNS = List.of(
      "close", "a b", "where", "it's", "x,y", "#", "价格", "\\", "key", "is", "_a.b-c", "complete");

  @Property(tries = 300)
  void whenPrinted_thenParsesBack(@ForAll long seed) {
    Random random = new Random(seed);
    List<TableRule> rules = new ArrayList<>();
    for (int i = random.nextInt(6); i >= 0; i--) {
      TableRule rule = TableRule.of(check(random))
          .severity(one(random, QualitySeverity.values()))
          .counting(one(random, QualityDimension.values()));
      for (int c = random.nextInt(3); c > 0; c--) {
        rule = rule.where(condition(random));
      }
      rules.add(random.nextBoolean() ? rule.named("r" + i) : rule.named(rule.name() + "-" + i));
    }
    TableRules all =
        new TableRules(random.nextBoolean() ? List.of() : List.of(column(random)), rules);
    assertThat(TableRules.parse(all.toString())).isEqualTo(all);
  }

  private static String column(Random random) {
    return COLUMNS.get(random.nextInt(COLUMNS.size()));
  }

  private static double number(Random random) {
    return switch (random.nextInt(4)) {
      case 0 -> random.nextInt(100);
      case 1 -> -random.nextDouble() * 1e-7;
      case 2 -> random.nextDouble() * 1e300;
      default -> random.nextBoolean() ? Double.POSITIVE_INFINITY : Double.NEGATIVE_INFINITY;
    };
  }

  private static <T> T one(Random random, T[] of) {
    return of[random.nextInt(of.length)];
  }

  private static RowCondition condition(Random random) {
    return switch (random.nextInt(3)) {
      case 0 ->
        new RowCondition.Numbers(column(random), one(random, Comparison.values()), number(random));
      case 1 ->
        new RowCondition.Texts(
            column(random), random.nextBoolean(), Set.of("a'b", column(random) + "\n"));
      default -> new RowCondition.Known(column(random), random.nextBoolean());
    };
  }

  private static TableCheck check(Random random) {
    double one = number(random);
    double two = number(random);
    double low = Math.min(one, two);
    double high = Math.max(one, two);
    String a = column(random);
    String b = column(random);
    String c = column(random);
    Optional<String> by = random.nextBoolean() ? Optional.empty() : Optional.of(b);
    return switch (random.nextInt(21)) {
      case 0 -> new TableCheck.Complete(a, random.nextDouble());
      case 1 -> new TableCheck.Unique(List.of(a));
      case 2 -> new TableCheck.Range(a, low, high);
      case 3 -> new TableCheck.PriceOrder(a, b, c, a);
      case 4 -> new TableCheck.Finite(a);
      case 5 -> new TableCheck.OneOf(a, Set.of("x", "#'"));
      case 6 -> new TableCheck.Matches(a, TextPattern.of("[0-9]{6}\\.'(SH|SZ)\\\\"));
      case 7 -> new TableCheck.Increasing(a, by, random.nextBoolean());
      case 8 ->
        new TableCheck.Compare(a, one(random, Comparison.values()), b, random.nextInt(3) * 0.01);
      case 9 -> new TableCheck.RowCount(low, high);
      case 10 -> new TableCheck.DistinctCount(a, low, high);
      case 11 -> new TableCheck.Mean(a, low, high);
      case 12 -> new TableCheck.Deviation(a, low, high);
      case 13 -> new TableCheck.Fresh(a, by, random.nextInt(3) * 30);
      case 14 -> new TableCheck.EverySession(a, b);
      case 15 -> new TableCheck.PriceLimits(a, b, c, a, b);
      case 16 -> new TableCheck.TickMultiple(a, b, c);
      case 17 -> new TableCheck.WholeShares(a);
      case 18 -> new TableCheck.AveragePrice(a, b, c, a);
      case 19 -> new TableCheck.PreviousClose(a, b, c, by);
      default -> new TableCheck.Suspended(a, b);
    };
  }
}
