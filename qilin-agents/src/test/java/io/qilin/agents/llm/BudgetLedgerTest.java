package io.qilin.agents.llm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import io.qilin.testkit.Mutation;
import io.qilin.testkit.SettableClock;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BudgetLedgerTest {
  @TempDir
  Path folder;

  private Path file;
  private final SettableClock clock = SettableClock.at("2024-01-02T20:00:00+08:00");

  @BeforeEach
  void name() {
    file = folder.resolve("budget.txt");
  }

  private LlmBudget budget(BudgetLedger ledger, String currency) {
    return LlmBudget.builder(BudgetCap.ofTokens(1_000), clock)
        .price("a/b", LlmBudgetTest.price(currency))
        .ledger(ledger)
        .build();
  }

  private static BudgetAmount amount(long tokens, String money) {
    return new BudgetAmount(tokens, new BigDecimal(money));
  }

  private static void fails(
      ErrorCode code, org.assertj.core.api.ThrowableAssert.ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(QilinException.class, e -> assertThat(e.code()).isEqualTo(code));
  }

  @Test
  void whenAProcessEnds_thenTheNextOneGoesOnFromItsCounters() {
    try (BudgetLedger ledger = BudgetLedger.open(file)) {
      LlmBudget budget = budget(ledger, "USD");
      BudgetRun run = budget.run("trend");
      budget.settle(budget.reserve(run, amount(900, "0.9")), amount(100, "0.000001"));
      budget.reserve(budget.run("other"), amount(50, "0.5"));
      assertThat(ledger.behind()).isFalse();
    }
    try (BudgetLedger ledger = BudgetLedger.open(file)) {
      LlmBudget budget = budget(ledger, "USD");
      assertThat(budget.usedToday()).isEqualTo(amount(150, "0.500001"));
      assertThat(budget.usedToday("trend")).isEqualTo(amount(100, "0.000001"));
      assertThat(budget.usedToday("other")).isEqualTo(amount(50, "0.5"));
      fails(
          ErrorCode.LLM_BUDGET_EXHAUSTED, () -> budget.reserve(budget.run("x"), amount(851, "0")));
    }
    clock.advance(Duration.ofDays(1));
    try (BudgetLedger ledger = BudgetLedger.open(file)) {
      assertThat(budget(ledger, "CNY").usedToday()).isEqualTo(BudgetAmount.NONE);
    }
  }

  @Test
  void whenTheClockWentBackBetweenProcesses_thenTheLaterDayCounts() {
    try (BudgetLedger ledger = BudgetLedger.open(file)) {
      budget(ledger, "USD").reserve(budget(ledger, "USD").run("a"), amount(7, "0"));
    }
    clock.advance(Duration.ofDays(-1));
    try (BudgetLedger ledger = BudgetLedger.open(file)) {
      assertThat(budget(ledger, "USD").usedToday().tokens()).isEqualTo(7);
    }
  }

  @Test
  void whenAnotherUsesIt_orItIsClosed_thenItIsRefused() {
    BudgetLedger ledger = BudgetLedger.open(file);
    fails(ErrorCode.IO, () -> BudgetLedger.open(file));
    LlmBudget budget = budget(ledger, "USD");
    LlmBudget.Reservation open = budget.reserve(budget.run("a"), amount(10, "0"));
    ledger.close();
    ledger.close();
    budget.settle(open, amount(1, "0"));
    assertThat(ledger.behind()).isTrue();
    fails(ErrorCode.IO, () -> budget.reserve(budget.run("a"), amount(10, "0")));
    assertThat(budget.usedToday().tokens()).isEqualTo(1);
    fails(ErrorCode.IO, () -> BudgetLedger.open(folder.resolve("no/budget.txt")));
  }

  @Test
  void whenItCannotBeWritten_thenNothingIsReserved() throws IOException {
    try (BudgetLedger ledger = BudgetLedger.open(file)) {
      LlmBudget budget = budget(ledger, "USD");
      Files.createDirectories(folder.resolve("budget.txt.partial"));
      fails(ErrorCode.IO, () -> budget.reserve(budget.run("a"), amount(10, "0")));
      assertThat(budget.usedToday()).isEqualTo(BudgetAmount.NONE);
      Files.delete(folder.resolve("budget.txt.partial"));
      budget.reserve(budget.run("a"), amount(10, "0"));
      assertThat(budget.usedToday().tokens()).isEqualTo(10);
    }
  }

  @Test
  void whenTheCurrencyIsAnother_thenItIsRefused() {
    try (BudgetLedger ledger = BudgetLedger.open(file)) {
      LlmBudget budget = budget(ledger, "USD");
      budget.reserve(budget.run("a"), amount(10, "0"));
      fails(ErrorCode.INVALID_CONFIGURATION, () -> budget(ledger, "CNY"));
    }
  }

  @Test
  void whenItIsDamaged_thenItIsRefusedOrWhole() throws IOException {
    try (BudgetLedger ledger = BudgetLedger.open(file)) {
      LlmBudget budget = budget(ledger, "USD");
      budget.reserve(budget.run("a"), amount(10, "0.25"));
      byte[] whole = Files.readAllBytes(file);
      SplittableRandom random = new SplittableRandom(1);
      for (int i = 0; i < 100; i++) {
        byte[] damaged = Mutation.of(whole, random);
        Files.write(file, damaged);
        if (!Arrays.equals(whole, damaged)) {
          fails(ErrorCode.DATA_FORMAT, () -> budget(ledger, "USD"));
        }
      }
      Files.write(file, new byte[0]);
      fails(ErrorCode.DATA_FORMAT, () -> budget(ledger, "USD"));
      Files.writeString(file, "crc32c 00000000\n");
      fails(ErrorCode.DATA_FORMAT, () -> budget(ledger, "USD"));
    }
  }
}
