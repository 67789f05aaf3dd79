package io.qilin.agents.analyst;

/** How a post speaks of a share: for it, against it, both or neither. */
final class Tone {
  private static final int BULL = 0;
  private static final int BEAR = 1;
  private static final Terms TERMS = new Terms()
      .term(
          BULL,
          "看多",
          "看涨",
          "看好",
          "加仓",
          "抄底",
          "满仓",
          "起飞",
          "利好",
          "牛股",
          "大涨",
          "必涨",
          "要涨",
          "拉升",
          "涨停",
          "主升浪",
          "买入",
          "上车",
          "利空出尽",
          "bullish",
          "buy",
          "buying",
          "moon",
          "to the moon",
          "breakout",
          "going up",
          "undervalued",
          "\uD83D\uDE80",
          "\uD83D\uDCC8")
      .term(
          BEAR,
          "看空",
          "看跌",
          "减仓",
          "割肉",
          "清仓",
          "崩盘",
          "利空",
          "跑路",
          "垃圾股",
          "大跌",
          "暴跌",
          "要跌",
          "出货",
          "跌停",
          "卖出",
          "套牢",
          "下车",
          "快跑",
          "利好出尽",
          "bearish",
          "sell",
          "selling",
          "dump",
          "crash",
          "bagholder",
          "going down",
          "overvalued",
          "\uD83D\uDCC9");

  private int bull;
  private int bear;

  private Tone() {}

  /** The tone in [−1, 1], 0 if it is balanced; {@code NaN} if the text takes no side. */
  static double of(PlainText text) {
    Tone tone = new Tone();
    TERMS.read(text, tone::add);
    int all = tone.bull + tone.bear;
    return all == 0 ? Double.NaN : (tone.bull - tone.bear) / (double) all;
  }

  private void add(int term, boolean inTitle, boolean denied) {
    boolean good = (term == BULL) != denied;
    bull += good ? 1 : 0;
    bear += good ? 0 : 1;
  }
}
