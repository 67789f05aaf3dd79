package io.qilin.api.source;

import io.qilin.api.record.AuctionTick;
import io.qilin.api.record.BookSnapshot;
import io.qilin.api.record.CorporateActionNotice;
import io.qilin.api.record.FundamentalSnapshot;
import io.qilin.api.record.LhbSeatRow;
import io.qilin.api.record.MarketBreadth;
import io.qilin.api.record.MarketRecord;
import io.qilin.api.record.MinuteBar;
import io.qilin.api.record.MoneyFlowDaily;
import io.qilin.api.record.NewsItem;
import io.qilin.api.record.SealTick;
import io.qilin.api.record.SocialPost;
import io.qilin.api.record.StatusNotice;
import io.qilin.api.record.ThemeMembership;
import io.qilin.api.record.Tick;
import java.util.Optional;

/** A kind of data that a source can serve. */
public enum DataCapability {
  /** Daily bars: {@link MarketDataSource#bars}. */
  DAILY_BARS(Optional.empty()),
  /** Dated names, boards and risk warnings: {@link MarketDataSource#securities}. */
  SECURITIES(Optional.empty()),
  /** Trades: {@link MarketDataSource#records} of {@link Tick}. */
  TICKS(Optional.of(Tick.class)),
  /** Bars of minutes: records of {@link MinuteBar}. */
  MINUTE_BARS(Optional.of(MinuteBar.class)),
  /** Order books: records of {@link BookSnapshot}. */
  BOOK_SNAPSHOTS(Optional.of(BookSnapshot.class)),
  /** Queues at limit-up: records of {@link SealTick}. */
  SEAL_TICKS(Optional.of(SealTick.class)),
  /** Call auctions: records of {@link AuctionTick}. */
  AUCTION_TICKS(Optional.of(AuctionTick.class)),
  /** Names, boards, warnings and shares with the moment of their announcement: records of {@link StatusNotice}. */
  STATUS_NOTICES(Optional.of(StatusNotice.class)),
  /** Order flows and margin lending: records of {@link MoneyFlowDaily}. */
  MONEY_FLOWS(Optional.of(MoneyFlowDaily.class)),
  /** Seats of the Dragon-Tiger list: records of {@link LhbSeatRow}. */
  LHB_SEATS(Optional.of(LhbSeatRow.class)),
  /** Themes of shares: records of {@link ThemeMembership}. */
  THEME_MEMBERSHIPS(Optional.of(ThemeMembership.class)),
  /** Reports by announcement: records of {@link FundamentalSnapshot}. */
  FUNDAMENTALS(Optional.of(FundamentalSnapshot.class)),
  /** News and announcements: records of {@link NewsItem}. */
  NEWS(Optional.of(NewsItem.class)),
  /** Posts in forums and networks: records of {@link SocialPost}. */
  SOCIAL_POSTS(Optional.of(SocialPost.class)),
  /** The state of the whole market: records of {@link MarketBreadth}. */
  MARKET_BREADTH(Optional.of(MarketBreadth.class)),
  /** Dividends, bonus and rights issues: records of {@link CorporateActionNotice}. */
  CORPORATE_ACTIONS(Optional.of(CorporateActionNotice.class));

  private final Optional<Class<? extends MarketRecord>> recordType;

  DataCapability(Optional<Class<? extends MarketRecord>> recordType) {
    this.recordType = recordType;
  }

  /** The records that are read by {@link MarketDataSource#records}; empty for what has a method of its own. */
  public Optional<Class<? extends MarketRecord>> recordType() {
    return recordType;
  }

  /** The capability that a source needs to serve records of this type; every record type has one. */
  public static DataCapability of(Class<? extends MarketRecord> type) {
    for (DataCapability capability : values()) {
      if (capability.recordType.isPresent() && capability.recordType.get().equals(type)) {
        return capability;
      }
    }
    throw new AssertionError("no capability stands for " + type);
  }
}
