package io.qilin.agents.analyst;

/**
 * What an announcement or news item tells about a company (公告类型): the kinds of events that {@link
 * NewsAnalyst} knows, with the direction in which each usually moves the share and how strongly, and
 * the phrases by which it is told in Chinese and English. The strengths are opinions, not estimates.
 */
public enum NewsEvent {
  /** Earnings rise, or rise more than expected (业绩预增). */
  EARNINGS_UP(
      0.7,
      false,
      "预增",
      "扭亏",
      "扭亏为盈",
      "净利润增长",
      "净利润同比增长",
      "业绩大增",
      "超预期",
      "业绩增长",
      "profit rises",
      "profit surges",
      "profit jumps",
      "earnings beat",
      "beats estimates",
      "raises guidance",
      "returns to profit"),
  /** Earnings fall or turn into a loss (业绩预减). */
  EARNINGS_DOWN(
      -0.7,
      false,
      "预减",
      "首亏",
      "续亏",
      "预亏",
      "由盈转亏",
      "净利润下降",
      "净利润同比下降",
      "业绩下滑",
      "业绩亏损",
      "不及预期",
      "profit falls",
      "profit drops",
      "profit warning",
      "earnings miss",
      "misses estimates",
      "cuts guidance",
      "net loss"),
  /** A large order or contract (重大合同). */
  CONTRACT(
      0.6,
      true,
      "中标",
      "大单",
      "重大合同",
      "签订合同",
      "签署合同",
      "大额订单",
      "wins contract",
      "wins bid",
      "wins order",
      "awarded contract",
      "awarded a contract",
      "major contract"),
  /** A purchase or reorganisation (并购重组). */
  MERGER(
      0.5,
      true,
      "重组",
      "收购",
      "并购",
      "资产注入",
      "acquires",
      "acquire",
      "acquisition",
      "merger",
      "takeover"),
  /** The company or its holders buy its shares (回购增持). */
  BUYBACK(
      0.5,
      true,
      "回购",
      "增持",
      "buyback",
      "buy back",
      "share repurchase",
      "repurchases",
      "raises stake"),
  /** Holders sell their shares (减持). */
  REDUCTION(-0.5, true, "减持", "清仓式减持", "reduces stake", "cuts stake", "sells stake", "sell stake"),
  /** Locked shares become free (解禁). */
  UNLOCK(-0.3, true, "解禁", "限售股上市", "lock-up expiry", "lockup expiry"),
  /** New shares (定增配股). */
  ISSUE(-0.2, true, "定增", "配股", "非公开发行", "rights issue", "share placement"),
  /** A dividend (分红). */
  DIVIDEND(0.3, false, "分红", "派息", "派发现金", "高送转", "special dividend", "raises dividend"),
  /** A product, licence or technology succeeds (突破获批). */
  BREAKTHROUGH(
      0.5,
      false,
      "突破",
      "获批",
      "获得批准",
      "通过验收",
      "breakthrough",
      "approved",
      "wins approval",
      "wins licence"),
  /** A record of sales or price (新高). */
  RECORD_HIGH(0.3, false, "新高", "record high", "all-time high"),
  /** Public money (补助). */
  SUBSIDY(0.2, true, "政府补助", "补贴", "subsidy"),
  /** A risk warning is lifted (摘帽). */
  WARNING_LIFTED(
      0.8,
      false,
      "摘帽",
      "撤销退市风险警示",
      "撤销其他风险警示",
      "撤销风险警示",
      "risk warning lifted",
      "risk warning removed"),
  /** A risk warning is given (戴帽). */
  WARNING_GIVEN(-0.8, false, "戴帽", "实施退市风险警示", "实施其他风险警示", "被st", "risk warning imposed"),
  /** The listing ends or may end (退市). */
  DELISTING(
      -1, false, "退市", "终止上市", "暂停上市", "退市风险", "强制退市", "delisting", "delisted", "to be delisted"),
  /** An authority investigates or fines (立案处罚). */
  INVESTIGATION(
      -0.8,
      false,
      "立案",
      "立案调查",
      "被调查",
      "行政处罚",
      "处罚",
      "违规",
      "警示函",
      "监管函",
      "留置",
      "investigated",
      "under investigation",
      "probe",
      "fined",
      "penalty"),
  /** The exchange asks (问询). */
  INQUIRY(-0.3, false, "问询函", "关注函", "inquiry letter"),
  /** Invented figures (造假). */
  FRAUD(
      -1, false, "造假", "虚增", "虚假记载", "财务舞弊", "fraud", "accounting irregularities", "cooked books"),
  /** The auditor does not agree (非标意见). */
  AUDIT_DOUBT(
      -0.9,
      false,
      "保留意见",
      "无法表示意见",
      "否定意见",
      "非标意见",
      "qualified opinion",
      "disclaimer of opinion",
      "adverse opinion",
      "going concern"),
  /** The auditor agrees (标准无保留意见). */
  AUDIT_CLEAN(0.1, false, "无保留意见", "标准无保留意见", "unqualified opinion"),
  /** Debts are not paid (违约). */
  DEFAULT(-0.9, false, "违约", "逾期", "破产", "资金链断裂", "defaults", "bankruptcy", "insolvent"),
  /** A lawsuit, or assets are frozen (诉讼冻结). */
  LITIGATION(-0.4, true, "诉讼", "仲裁", "冻结", "lawsuit", "sued", "sues", "frozen"),
  /** Shares serve as security (质押). */
  PLEDGE(-0.2, false, "质押", "平仓", "pledges shares", "margin call"),
  /** Pledged shares are free again (解除质押). */
  PLEDGE_ENDED(0.2, false, "解除质押", "解质押", "pledge released"),
  /** An accident, or production stops (事故停产). */
  ACCIDENT(
      -0.6,
      false,
      "事故",
      "爆炸",
      "火灾",
      "停产",
      "召回",
      "explosion",
      "recalls",
      "product recall",
      "halts production"),
  /** Leaders leave or cannot be reached (辞职失联). */
  RESIGNATION(-0.3, false, "辞职", "失联", "离职", "resigns", "steps down", "missing chairman");

  private static final Terms TERMS = terms();

  private final double impact;
  private final boolean amountMatters;

  @SuppressWarnings("ImmutableEnumChecker") // never written
  private final String[] phrases;

  NewsEvent(double impact, boolean amountMatters, String... phrases) {
    this.impact = impact;
    this.amountMatters = amountMatters;
    this.phrases = phrases;
  }

  /** Usual direction and strength in [−1, 1]. */
  public double impact() {
    return impact;
  }

  /** Whether its weight depends on an amount of money that the text may tell. */
  public boolean amountMatters() {
    return amountMatters;
  }

  static Terms all() {
    return TERMS;
  }

  @SuppressWarnings("EnumOrdinal") // numbers of terms that live no longer than the process
  private static Terms terms() {
    Terms terms = new Terms();
    for (NewsEvent event : values()) {
      terms.term(event.ordinal(), event.phrases);
    }
    return terms;
  }
}
