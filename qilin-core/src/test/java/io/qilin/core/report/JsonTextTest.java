package io.qilin.core.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.qilin.api.error.QilinException;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class JsonTextTest {
  @Test
  void whenWritten_thenNestedAndIndented() {
    String json = new JsonText()
        .object()
        .name("name")
        .value("a \"b\" \\ \n 涨停 \uD83D\uDE00 \uD83D \u0001 \u202E")
        .name("numbers")
        .value(new double[] {0.1, -0.0, Double.NaN, Double.NEGATIVE_INFINITY, 1e300})
        .name("empty")
        .array()
        .end()
        .name("list")
        .array()
        .value(1)
        .object()
        .name("x")
        .nothing()
        .end()
        .end()
        .end()
        .toString();

    assertThat(json).isEqualTo("""
        {
          "name": "a \\"b\\" \\\\ \\n 涨停 \uD83D\uDE00 \\ud83d \\u0001 \\u202e",
          "numbers": [0.1, 0, null, "-inf", 1E+300],
          "empty": [],
          "list": [
            1,
            {
              "x": null
            }
          ]
        }
        """);
  }

  @Property
  void whenANumberIsWritten_thenItReadsBack(@ForAll long bits) {
    double value = Double.longBitsToDouble(bits);
    String text = new JsonText().value(value).toString().strip();
    if (Double.isFinite(value)) {
      assertThat(Double.parseDouble(text)).isEqualTo(value);
    } else {
      assertThat(text).isIn("null", "\"inf\"", "\"-inf\"");
    }
  }

  @Test
  void whenTheShapeIsWrong_thenRefused() {
    assertRefused(() -> new JsonText().end());
    assertRefused(() -> new JsonText().name("x"));
    assertRefused(() -> new JsonText().object().value(1));
    assertRefused(() -> new JsonText().object().name("x").name("y"));
    assertRefused(() -> new JsonText().object().name("x").end());
    assertRefused(() -> new JsonText().array().name("x"));
    assertRefused(() -> new JsonText().value(1).value(2));
    assertRefused(() -> assertThat(new JsonText().array().toString()).isNotEmpty());
  }

  private static void assertRefused(Runnable call) {
    assertThatThrownBy(call::run).isInstanceOf(QilinException.class);
  }
}
