package io.qilin.security.pii;

/** Words that stand before or after a number and tell what it is. */
final class Words {
  private static final int REACH = 24;

  private static final String[] PHONE = {
    "手机", "电话", "座机", "热线", "拨打", "联系", "来电", "致电", "传真", "短信", "tel", "phone", "mobile", "cell",
    "fax", "call"
  };
  private static final String[] AMOUNT = {
    "成交额",
    "成交量",
    "成交金额",
    "金额",
    "市值",
    "流入",
    "流出",
    "总额",
    "余额",
    "总量",
    "均量",
    "股本",
    "营收",
    "收入",
    "利润",
    "资产",
    "数量",
    "规模",
    "价格",
    "amount",
    "turnover",
    "volume",
    "vol",
    "amt",
    "qty",
    "quantity",
    "cap",
    "notional",
    "value",
    "price",
    "balance",
    "shares",
    "revenue",
    "profit",
    "total",
    "¥",
    "￥",
    "$",
    "rmb",
    "cny",
    "usd"
  };
  private static final String[] SERIAL = {
    "成交编号",
    "委托号",
    "委托编号",
    "订单号",
    "订单编号",
    "流水号",
    "流水",
    "单号",
    "批次",
    "合同号",
    "时间戳",
    "order",
    "order_id",
    "orderid",
    "order id",
    "order no",
    "trade_id",
    "tradeid",
    "trade id",
    "trade no",
    "batch",
    "seq",
    "epoch",
    "timestamp",
    "ts",
    "epoch_ms",
    "epoch_ns",
    "hash",
    "trace_id",
    "traceid",
    "span_id",
    "nonce",
    "checksum",
    "sha256",
    "md5"
  };
  private static final String[] ID = {
    "身份证",
    "证件",
    "身份号",
    "idcard",
    "id_card",
    "id card",
    "idno",
    "id_no",
    "id number",
    "identity",
    "sfz"
  };
  private static final String[] PASSPORT = {"护照", "通行证", "passport"};
  private static final String[] ACCOUNT = {
    "股东",
    "证券账",
    "证券帐",
    "资金账",
    "资金帐",
    "沪a",
    "深a",
    "沪市",
    "深市",
    "一码通",
    "securities account",
    "securities_account",
    "stock account",
    "stock_account",
    "shareholder"
  };
  private static final String[] CARD = {"卡号", "银行卡", "账号", "账户", "帐号", "card", "account"};
  private static final String[] SSN = {"ssn", "social security"};
  private static final String[] VERSION = {
    "版本", "version", "ver", "release", "build", " v", "章节", "section"
  };

  private Words() {}

  static boolean phoneBefore(char[] c, int start) {
    return near(c, start, PHONE);
  }

  static boolean idBefore(char[] c, int start) {
    return near(c, start, ID);
  }

  static boolean passportBefore(char[] c, int start) {
    return near(c, start, PASSPORT);
  }

  static boolean accountBefore(char[] c, int start) {
    return near(c, start, ACCOUNT);
  }

  static boolean cardBefore(char[] c, int start) {
    return near(c, start, CARD);
  }

  static boolean ssnBefore(char[] c, int start) {
    return near(c, start, SSN);
  }

  static boolean versionBefore(char[] c, int start) {
    return touching(c, start, VERSION) || (start > 0 && Alphabet.lower(c[start - 1]) == 'v');
  }

  static boolean amountBefore(char[] c, int start) {
    return touching(c, start, AMOUNT);
  }

  static boolean serialBefore(char[] c, int start) {
    return touching(c, start, SERIAL);
  }

  /** Whether one of the words stands at most {@link #REACH} characters before. */
  private static boolean near(char[] c, int start, String[] words) {
    int from = start;
    while (from > 0 && start - from < REACH && c[from - 1] != PlainText.BREAK) {
      from--;
    }
    for (String word : words) {
      for (int at = start - word.length(); at >= from; at--) {
        if (matches(c, at, word)) {
          return true;
        }
      }
    }
    return false;
  }

  /** Whether one of the words stands before with nothing but marks such as {@code :="} and spaces between. */
  private static boolean touching(char[] c, int start, String[] words) {
    int end = start;
    int from = Math.max(0, start - 6);
    while (end > from && " :：=\"'#-+[({,为是约达至".indexOf(c[end - 1]) >= 0) {
      end--;
    }
    for (String word : words) {
      int at = end - word.length();
      if (at >= 0 && matches(c, at, word) && (at == 0 || edge(c, at))) {
        return true;
      }
    }
    return false;
  }

  /** A Latin word begins where no lower-case letter runs into it, so that {@code minVol} is a volume and {@code frivol} is not. */
  private static boolean edge(char[] c, int at) {
    char first = c[at];
    char before = c[at - 1];
    return !Alphabet.letter(first)
        || !Alphabet.letter(before)
        || (Alphabet.upper(first) == first && Alphabet.lower(before) == before);
  }

  private static boolean matches(char[] c, int at, String word) {
    for (int i = 0; i < word.length(); i++) {
      if (Alphabet.lower(c[at + i]) != word.charAt(i)) {
        return false;
      }
    }
    return true;
  }

  /** Whether a unit of money or of shares follows. */
  static boolean unitAfter(char[] c, int n, int end) {
    int at = end;
    while (at < n && at < end + 2 && c[at] == ' ') {
      at++;
    }
    char next = at < n ? c[at] : 0;
    char after = at + 1 < n ? c[at + 1] : 0;
    return switch (next) {
      case '元', '亿', '%' -> true;
      case '手' -> after != '机';
      case '股' -> after != '东' && after != '民';
      case '万' -> after == '元' || after == '股' || after == '手' || after == '亿' || after == '份';
      case '份', '笔' -> after != '额';
      case '港', '美', '欧', '日' -> after == '元';
      default -> Alphabet.letter(next) && latinUnit(c, n, at);
    };
  }

  private static boolean latinUnit(char[] c, int n, int at) {
    int end = at;
    while (end < n && end < at + 12 && Alphabet.letter(c[end])) {
      end++;
    }
    return switch (word(c, at, end)) {
      case "yuan",
          "rmb",
          "cny",
          "usd",
          "hkd",
          "share",
          "shares",
          "lot",
          "lots",
          "hands",
          "dollars",
          "units",
          "bps" -> true;
      default -> false;
    };
  }

  private static String word(char[] c, int start, int end) {
    StringBuilder word = new StringBuilder();
    for (int i = start; i < end; i++) {
      word.append(Alphabet.lower(c[i]));
    }
    return word.toString();
  }

  /** Whether the digits before {@code end} go on as a decimal fraction. */
  static boolean fractionAfter(char[] c, int n, int end) {
    return end + 1 < n && c[end] == '.' && digitOrMask(c[end + 1]);
  }

  /** Whether the digits from {@code start} are the decimal places of a number. */
  static boolean fractionBefore(char[] c, int start) {
    return start > 1 && c[start - 1] == '.' && digitOrMask(c[start - 2]);
  }

  /** A digit that was masked still says that there was one. */
  private static boolean digitOrMask(char c) {
    return c == '*' || Alphabet.digit(c);
  }
}
