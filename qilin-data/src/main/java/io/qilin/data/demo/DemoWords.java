package io.qilin.data.demo;

import io.qilin.api.record.MarketRecord;
import io.qilin.api.record.NewsItem;
import io.qilin.api.record.PublicationTimes;
import io.qilin.api.record.SocialPost;
import io.qilin.api.record.SourceTier;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** News and posts of the demo market: shares that moved much are written about, mostly as they moved. All are invented. */
final class DemoWords {
  private static final double NEWS = 0.05;
  private static final String[] GOOD = {"中标重大合同", "业绩预增", "拟回购股份", "签订战略合作协议"};
  private static final String[] BAD = {"股东拟减持", "业绩预亏", "收到监管问询函", "涉及重大诉讼"};
  private static final String[] BULLISH = {"看好，明天继续涨", "利好，加仓", "强势，突破在即"};
  private static final String[] BEARISH = {"看空，快跑", "利空，割肉了", "破位下跌，别抄底"};

  private DemoWords() {}

  static void add(DemoRecords.ShareDay share, List<MarketRecord> made) {
    SeededRandom random = share.random(DemoRecords.Kind.WORDS);
    double move = share.move();
    if (Math.abs(move) >= NEWS || random.chance(0.02)) {
      boolean good = random.chance(move > 0 ? 0.8 : 0.2);
      Instant at = evening(share, random);
      made.add(new NewsItem(
          at,
          at,
          share.source(),
          share.name() + "：" + pick(good ? GOOD : BAD, random),
          "（演示数据，公司与事件均为虚构）",
          random.chance(0.5) ? SourceTier.OFFICIAL : SourceTier.MEDIA,
          Optional.empty(),
          List.of(share.symbol())));
    }
    int posts = random.between(2, 8) + (int) (150 * Math.min(0.2, Math.abs(move)));
    for (int k = 0; k < posts; k++) {
      boolean bullish = random.chance(move > 0 ? 0.7 : 0.35);
      Instant at = evening(share, random);
      made.add(new SocialPost(
          at,
          at,
          share.source(),
          "",
          share.name() + " " + pick(bullish ? BULLISH : BEARISH, random),
          SourceTier.SOCIAL,
          Optional.of("演示用户" + random.between(1, 5000)),
          OptionalLong.of(random.between(0, 50)),
          OptionalLong.of(random.between(0, 10)),
          List.of(share.symbol())));
    }
  }

  private static Instant evening(DemoRecords.ShareDay share, SeededRandom random) {
    return PublicationTimes.closeOf(share.date()).plusSeconds(60L * random.between(10, 360));
  }

  private static String pick(String[] texts, SeededRandom random) {
    return texts[random.between(0, texts.length - 1)];
  }
}
