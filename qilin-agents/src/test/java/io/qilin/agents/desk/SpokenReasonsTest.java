package io.qilin.agents.desk;

import static org.assertj.core.api.Assertions.assertThat;

import io.qilin.agents.analyst.Language;
import io.qilin.agents.analyst.Preset;
import io.qilin.api.analysis.DecisionRecord;
import io.qilin.api.analysis.Recommendation;
import io.qilin.api.source.Bars;
import java.time.LocalDate;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SpokenReasonsTest {
  private static final DeskResult RESULT = decide();

  private static DeskResult decide() {
    Bars bars = DeskMarkets.random(20, 320, 20240102L);
    List<LocalDate> days = bars.panel().days();
    return ResearchDesk.standard(Preset.STANDARD)
        .minSafety(0)
        .minScore(-1)
        .build()
        .run(Snapshots.of(bars, DeskMarkets.statuses(bars.panel()), days.get(300)), days.get(301));
  }

  @Test
  void whenToldInEnglish_thenAnalystsAndComponentsHaveTheirNames() {
    Recommendation found = RESULT.recommendations().get(0);
    List<String> told = RESULT.reasons(found, Language.ENGLISH);
    assertThat(told).hasSameSizeAs(found.reasons());
    assertThat(found.reasons()).anyMatch(line -> line.startsWith("market "));
    assertThat(told)
        .noneMatch(line -> line.startsWith("market "))
        .anyMatch(line -> line.startsWith("Market technicals ") && line.contains(", confidence "))
        .anyMatch(line -> line.startsWith("Risk manager "))
        .anyMatch(line -> line.startsWith("debate of 8 turns"));
  }

  @Test
  void whenToldInChinese_thenEveryLineIsChineseAndHasTheSameNumbers() {
    for (Recommendation found : RESULT.recommendations()) {
      List<String> told = RESULT.reasons(found, Language.CHINESE);
      assertThat(told).hasSameSizeAs(found.reasons()).allMatch(SpokenReasonsTest::chinese);
      assertThat(told).noneMatch(line -> line.matches(".*[a-z]{5,}.*") && !line.contains("弃权"));
      String order =
          told.stream().filter(line -> line.contains("买入")).findFirst().orElseThrow();
      assertThat(order)
          .contains(
              Long.toString(found.order().shares()),
              found.order().price().toPlainString(),
              found.session().toString());
    }
  }

  private static boolean chinese(String line) {
    return line.codePoints()
        .anyMatch(c -> Character.UnicodeScript.of(c) == Character.UnicodeScript.HAN);
  }

  @Test
  void whenALineIsNotOurs_thenItStaysAsItIs() {
    Recommendation found = RESULT.recommendations().get(0);
    List<String> foreign = List.of("the model says: buy $1 and \\1", "", "against it: ", "买");
    Recommendation odd = new Recommendation(
        1,
        found.symbol(),
        found.day(),
        found.session(),
        found.score(),
        found.confidence(),
        found.order(),
        found.trace(),
        foreign);
    for (Language language : Language.values()) {
      assertThat(RESULT.reasons(odd, language)).isEqualTo(foreign);
    }
  }

  @Test
  void whenTheRecordWasReadFromAFile_thenTheSameIsTold() {
    DecisionRecord read = DecisionRecordJson.read(DecisionRecordJson.write(RESULT.record()));
    assertThat(IntStream.range(0, RESULT.recommendations().size())
            .allMatch(k -> new DeskResult(read)
                .reasons(read.recommendations().get(k), Language.CHINESE)
                .equals(RESULT.reasons(RESULT.recommendations().get(k), Language.CHINESE))))
        .isTrue();
    assertThat(RESULT.recommendations()).isNotEmpty();
  }
}
