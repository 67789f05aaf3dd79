package io.qilin.core.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.StringReader;
import java.time.LocalDate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RuleTableTest {
  private static final String COLUMNS = "from,to,board,percent,source,confirmed\n";

  @Test
  void whenRowsAreRead_thenTheDateDecides() throws IOException {
    var table = parse("# a note\n" + COLUMNS + """
        2020-01-01,2020-12-31,STAR,10,first,published
        2021-01-01,,STAR,20,second,not confirmed
        """);
    var dated = table
        .dated(RuleTable.Row::board, row -> row.number("percent"))
        .values()
        .iterator()
        .next();
    assertThat(dated.get(LocalDate.of(2019, 12, 31))).isNull();
    assertThat(dated.get(LocalDate.of(2020, 12, 31))).isEqualTo(10);
    assertThat(dated.get(LocalDate.of(2099, 1, 1))).isEqualTo(20);
    assertThat(table.rows().get(1).entry("from").confirmation())
        .isEqualTo(Confirmation.NOT_CONFIRMED);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "2020-01-01,,STAR,10,s",
        "2020-13-01,,STAR,10,s,published",
        "2020-01-01,2019-01-01,STAR,10,s,published",
        "2020-01-01,,MOON,10,s,published",
        "2020-01-01,,STAR,ten,s,published",
        "2020-01-01,,STAR,10,s,published\n2021-01-01,,STAR,10,s,published",
      })
  void whenATableIsDamaged_thenTheErrorNamesIt(String rows) {
    assertThatThrownBy(
            () -> parse(COLUMNS + rows).dated(RuleTable.Row::board, row -> row.number("percent")))
        .isInstanceOfSatisfying(
            QilinException.class,
            e -> assertThat(e.code()).isEqualTo(ErrorCode.INVALID_CONFIGURATION))
        .hasMessageContaining("rule table test");
  }

  @Test
  void whenATableOrWordIsNotThere_thenTheErrorNamesIt() throws IOException {
    assertThatThrownBy(() -> RuleTable.read("no-such-table")).hasMessageContaining("no-such-table");
    var row = parse(COLUMNS + "2020-01-01,,STAR,10,s,surely").rows().get(0);
    assertThatThrownBy(() -> row.entry("from")).isInstanceOf(QilinException.class);
    assertThatThrownBy(() -> row.text("colour")).hasMessageContaining("colour");
    assertThatThrownBy(() -> row.yes("source")).isInstanceOf(QilinException.class);
  }

  private static RuleTable parse(String text) throws IOException {
    return RuleTable.parse("test", new BufferedReader(new StringReader(text)));
  }
}
