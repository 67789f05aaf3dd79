package io.qilin.examples;

import io.qilin.agents.consult.PromptText;
import io.qilin.agents.consult.SecondOpinion;
import io.qilin.agents.consult.SecondOpinionQuestion;
import io.qilin.agents.llm.BudgetCap;
import io.qilin.agents.llm.BudgetLedger;
import io.qilin.agents.llm.BudgetedClient;
import io.qilin.agents.llm.Cassette;
import io.qilin.agents.llm.CassetteClient;
import io.qilin.agents.llm.LlmBudget;
import io.qilin.api.analysis.Deliberation;
import io.qilin.api.analysis.MarketSnapshot;
import io.qilin.api.analysis.Opinion;
import io.qilin.api.llm.LlmClient;
import io.qilin.api.llm.LlmPrice;
import io.qilin.api.market.Symbol;
import io.qilin.api.record.NewsItem;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;

/** Asks a language model for a second opinion: within a budget, on a cassette, with the news as data. */
public final class AskModel {
  private final Path folder;
  private final Clock clock;
  private final LlmPrice price;

  /**
   * Asks with what is kept in a folder.
   *
   * @param folder for the counters of the day and the cassette
   * @param clock tells the day of the budget
   * @param price of the model
   */
  public AskModel(Path folder, Clock clock, LlmPrice price) {
    this.folder = folder;
    this.clock = clock;
    this.price = price;
  }

  /**
   * What the model says about a share whose score by rules is 0.31.
   *
   * @param secretNumber what the marks around the news are made from
   */
  public Deliberation ask(
      LlmClient model,
      MarketSnapshot snapshot,
      Symbol share,
      List<Opinion> opinions,
      long secretNumber) {
    try (BudgetLedger ledger = BudgetLedger.open(folder.resolve("llm-budget.txt"));
        Cassette cassette = Cassette.open(folder.resolve("llm.jsonl"))) {
      LlmBudget budget = LlmBudget.builder(BudgetCap.of(2_000_000, new BigDecimal("5")), clock)
          .perRun(BudgetCap.of(200_000, new BigDecimal("0.50")))
          .price(model.model().toString(), price)
          .ledger(ledger)
          .build();
      LlmClient client =
          CassetteClient.replayOrRecord(BudgetedClient.of(model, budget.run("trend")), cassette);
      SecondOpinion second = SecondOpinion.builder(client, System::nanoTime)
          .band(0.1)
          .seed(secretNumber)
          .build();
      List<PromptText> news = snapshot.records().of(NewsItem.class, share).stream()
          .map(PromptText::of)
          .toList();
      return second.ask(SecondOpinionQuestion.of("desk/second-opinion", share, snapshot, opinions)
          .withScore(0.31)
          .withTexts(news));
    }
  }
}
