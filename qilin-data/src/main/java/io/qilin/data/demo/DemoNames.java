package io.qilin.data.demo;

/** Names of made-up companies. All begin with 拟 ("imitated"), so that nobody takes one for a listed company. */
final class DemoNames {
  private static final String FIRST = "华远辰泰瑞恒嘉宏盛东海岳云川松柏启明博雅卓越诚信安康朗润和谐长青天禾丰裕";
  private static final String[] INDUSTRY = {
    "银行", "证券", "医药", "电子", "软件", "新能", "汽车", "化工", "机械", "食品", "传媒", "地产"
  };

  private DemoNames() {}

  /**
   * A name that no other share of the market has.
   *
   * @param sector the sector, from 0 to {@link MarketFactors#SECTORS} − 1
   * @param number which share of the sector it is, from 0
   */
  static String name(int sector, int number) {
    int letters = FIRST.length();
    String first = FIRST.substring(number % letters, number % letters + 1);
    if (number < letters) {
      return "拟" + first + INDUSTRY[sector];
    }
    int second = number / letters - 1;
    return "拟" + first + FIRST.charAt(second % letters) + INDUSTRY[sector].charAt(0);
  }
}
