package io.qilin.core.factor;

import static org.assertj.core.api.Assertions.assertThat;

import io.qilin.api.factor.Factor;
import io.qilin.api.factor.FactorSet;
import io.qilin.api.market.Field;
import io.qilin.core.DocFile;
import io.qilin.core.expression.Expression;
import io.qilin.testkit.SharedFiles;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class Alpha101Test {
  private static final Set<Field> FIELDS = Stream.of(
          "open",
          "high",
          "low",
          "close",
          "volume",
          "vwap",
          "amount",
          "cap",
          "sector",
          "industry",
          "subindustry")
      .map(Field::of)
      .collect(Collectors.toCollection(TreeSet::new));

  @Test
  void whenRead_thenAllAreFactorsOfTheDocumentedFields() {
    Set<Field> read = new TreeSet<>();
    for (Factor factor : Alpha101.factors().factors()) {
      Expression expression = Expression.parse(factor.expression());
      assertThat(expression.lookAhead()).as(factor.name()).isZero();
      assertThat(expression.lookBack()).as(factor.name()).isPresent();
      read.addAll(expression.fields());
    }

    assertThat(read).isEqualTo(FIELDS);
    assertThat(Alpha101.factors().names())
        .hasSize(101)
        .startsWith("ALPHA001", "ALPHA002")
        .endsWith("ALPHA100", "ALPHA101");
  }

  @Test
  void whenComparedWithThePaper_thenEveryFormulaIsTheSame() {
    List<String> lines = SharedFiles.lines(GoldenFiles.own("alpha101/paper.txt"));
    List<Factor> factors = Alpha101.factors().factors();

    assertThat(lines).hasSize(1 + factors.size());
    for (int i = 0; i < factors.size(); i++) {
      String[] line = lines.get(i + 1).split(" ", 2);
      assertThat(line[0]).isEqualTo(String.valueOf(i + 1));
      assertThat(Expression.parse(factors.get(i).expression()))
          .as(factors.get(i).name())
          .isEqualTo(Expression.parse(PaperFormula.rewrite(line[1])));
    }
  }

  @Test
  void whenOneFieldServesAllGroups_thenNoOtherIsRead() {
    FactorSet set = Alpha101.builder().groups(Field.of("board")).build();

    assertThat(fields(set))
        .contains(Field.of("board"))
        .doesNotContain(Field.of("sector"), Field.of("industry"), Field.of("subindustry"));
    assertThat(neutralized(set)).isEqualTo(neutralized(Alpha101.factors())).isEqualTo(18);
  }

  @Test
  void whenFieldsAreOthers_thenTheyAreRead() {
    FactorSet set = Alpha101.builder()
        .groups(Field.of("industry"), Field.of("sector"), Field.of("s3"))
        .traded(Field.VOLUME)
        .build();

    assertThat(fields(set)).doesNotContain(Field.AMOUNT, Field.of("subindustry"));
    assertThat(set.factors().get(57).expression()).contains("CSNeutralize($vwap,$industry)");
    assertThat(set.factors().get(62).expression()).contains("CSNeutralize($close,$sector)");
    assertThat(set.factors().get(89).expression()).contains("CSNeutralize(Mean($volume,40),$s3)");
  }

  @Test
  void whenThePageIsRead_thenItIsWhatTheCodeSays() throws IOException {
    DocFile.check("alpha101.md", page(), Alpha101Test.class);
  }

  private static Set<Field> fields(FactorSet set) {
    return set.factors().stream()
        .flatMap(factor -> Expression.parse(factor.expression()).fields().stream())
        .collect(Collectors.toSet());
  }

  private static long neutralized(FactorSet set) {
    return set.factors().stream()
        .filter(factor -> factor.expression().contains("CSNeutralize"))
        .count();
  }

  private static String page() {
    StringBuilder page = new StringBuilder("""
        # Alpha101

        Generated from `io.qilin.core.factor.Alpha101` by `Alpha101Test`; do not edit.

        The 101 factors of Z. Kakushadze, "101 Formulaic Alphas", Wilmott 2016 (arXiv:1601.00991), in Qilin's language. The
        operators are explained in [operators.md](operators.md).

        ## What the paper leaves open

        | topic | what the paper says | what Qilin does | factors |
        |---|---|---|---|
        """);
    for (Alpha101Ambiguity one : Alpha101.ambiguities()) {
      page.append("| " + one.topic() + " | " + DocFile.cell(one.paper()) + " | "
          + DocFile.cell(one.here()) + " | " + numbers(one) + " |\n");
    }
    page.append("\n## Formulas\n\n| factor | formula | rows before its own |\n|---|---|---|\n");
    for (Factor factor : Alpha101.factors().factors()) {
      int before = Expression.parse(factor.expression()).lookBack().orElseThrow();
      page.append("| " + factor.name() + " | `" + DocFile.cell(factor.expression()) + "` | "
          + before + " |\n");
    }
    return page.toString();
  }

  private static String numbers(Alpha101Ambiguity one) {
    return one.factors().size() == Alpha101.factors().factors().size()
        ? "all"
        : one.factors().stream()
            .map(name -> name.replaceFirst("ALPHA0*", ""))
            .collect(Collectors.joining(" "));
  }
}
