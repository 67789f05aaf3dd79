package io.qilin.spring.example;

import io.qilin.agents.desk.DeskResult;
import io.qilin.agents.desk.ResearchDesk;
import io.qilin.agents.desk.Snapshots;
import io.qilin.api.market.TradingCalendar;
import io.qilin.api.source.BarQuery;
import io.qilin.api.source.MarketDataSource;
import io.qilin.ops.lifecycle.DrainGate;
import java.time.LocalDate;
import java.util.List;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/** The program of the README: recommends from the made-up market over HTTP. */
@SpringBootApplication
public class RecommendApplication {
  /**
   * Starts it.
   *
   * @param args properties, for example {@code --qilin.data.source=demo}
   */
  public static void main(String[] args) {
    SpringApplication.run(RecommendApplication.class, args);
  }

  @RestController
  static class Recommendations {
    private final MarketDataSource market;
    private final TradingCalendar calendar;
    private final ResearchDesk desk;
    private final DrainGate work;

    Recommendations(
        MarketDataSource market, TradingCalendar calendar, ResearchDesk desk, DrainGate work) {
      this.market = market;
      this.calendar = calendar;
      this.desk = desk;
      this.work = work;
    }

    @GetMapping("/recommendations/{evening}")
    List<String> recommend(@PathVariable("evening") LocalDate evening) {
      return work.call(() -> {
        BarQuery known = BarQuery.ALL.between(evening.minusYears(1), evening);
        DeskResult result =
            desk.run(Snapshots.of(market.bars(known), market.securities(), evening), calendar);
        return result.recommendations().stream()
            .map(found -> found.rank() + ". " + found.order())
            .toList();
      });
    }
  }
}
