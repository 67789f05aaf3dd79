package io.qilin.agents.desk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.qilin.api.analysis.Analyst;
import io.qilin.api.analysis.MarketSnapshot;
import io.qilin.api.analysis.Opinion;
import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import io.qilin.api.market.Symbol;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

class NamedAnalystTest {
  /** An analyst that gets its name anew each time. */
  private record Renaming(Supplier<String> name) implements Analyst {
    @Override
    public String id() {
      return name.get();
    }

    @Override
    public String title() {
      return "named";
    }

    @Override
    public Map<Symbol, Opinion> analyze(MarketSnapshot snapshot) {
      return Map.of();
    }
  }

  private static void refused(Supplier<String> name, String why) {
    for (Runnable one : new Runnable[] {
      () -> ResearchDesk.builder(new Renaming(name)),
      () -> ResearchDesk.builder(new Renaming(() -> "risk")).analyst(new Renaming(name), 1)
    }) {
      assertThatThrownBy(one::run)
          .isInstanceOfSatisfying(
              QilinException.class,
              e -> assertThat(e.code()).isEqualTo(ErrorCode.INVALID_CONFIGURATION))
          .hasMessageContaining(Renaming.class.getName())
          .hasMessageContaining(why);
    }
  }

  @Test
  @SuppressWarnings("NullAway")
  void whenAnAnalystHasNoId_thenTheDeskRefusesItAndNamesItsClass() {
    refused(() -> null, "has no id");
    refused(() -> " ", "has no id");
    refused(
        () -> {
          throw new QilinException(ErrorCode.UNKNOWN, "no licence");
        },
        "no licence");
    refused(
        () -> {
          throw new NoClassDefFoundError("vendor/Names");
        },
        "vendor/Names");
  }

  @Test
  void whenAnAnalystChangesItsName_thenTheFirstOneCounts() {
    int[] asked = {0};
    NamedAnalyst first = NamedAnalyst.of(new Renaming(() -> {
      if (++asked[0] > 1) {
        throw new QilinException(ErrorCode.UNKNOWN, "asked again");
      }
      return "first";
    }));

    assertThat(first.id()).isEqualTo("first");
    assertThat(first.configured()).isEqualTo(Optional.empty());
    assertThat(asked[0]).isEqualTo(1);
  }
}
