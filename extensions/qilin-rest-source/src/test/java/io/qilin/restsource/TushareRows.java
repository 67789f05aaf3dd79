package io.qilin.restsource;

import java.util.ArrayList;
import java.util.List;

/** What {@link TushareDouble} holds: made-up numbers of two shares in the documents' units, 2024-01-02 to 2024-01-11. */
final class TushareRows {
  static final List<String> DAYS = List.of(
      "20240111",
      "20240110",
      "20240109",
      "20240108",
      "20240105",
      "20240104",
      "20240103",
      "20240102");
  static final List<String> CODES = List.of("600519.SH", "000001.SZ");

  private TushareRows() {}

  static void fill(TushareDouble to) {
    daily(to);
    names(to);
    flows(to);
    reports(to);
    rest(to);
  }

  private static void daily(TushareDouble to) {
    List<Object> bars = new ArrayList<>();
    List<Object> factors = new ArrayList<>();
    for (String code : CODES) {
      double base = code.startsWith("6") ? 1700 : 9;
      for (String day : DAYS) {
        int i = Integer.parseInt(day.substring(6));
        double close = base + i / 100.0;
        bars.addAll(List.of(
            code,
            day,
            close - 0.05,
            close + 0.05,
            close - 0.06,
            close,
            close - 0.01,
            0.0,
            0.0,
            32156.57 + i,
            (32156.57 + i) * close / 10));
        factors.addAll(List.of(code, day, code.startsWith("6") ? 7.8 : 126.5));
      }
    }
    to.api(
        "daily",
        "ts_code,trade_date,open,high,low,close,pre_close,change,pct_chg,vol,amount",
        "ts_code,trade_date,start_date,end_date",
        "",
        "trade_date",
        6000,
        bars.toArray());
    to.api(
        "adj_factor",
        "ts_code,trade_date,adj_factor",
        "ts_code,trade_date,start_date,end_date",
        "",
        "trade_date",
        6000,
        factors.toArray());
  }

  private static void names(TushareDouble to) {
    to.api(
        "namechange",
        "ts_code,name,start_date,end_date,ann_date,change_reason",
        "ts_code,start_date,end_date",
        "",
        "ann_date",
        10000,
        "600519.SH",
        "贵州茅台",
        "20010827",
        null,
        null,
        "其他",
        "000001.SZ",
        "平安银行",
        "20120802",
        null,
        "20120801",
        "改名",
        "000001.SZ",
        "S深发展A",
        "20061009",
        "20070619",
        null,
        "未股改加S");
    to.api(
        "stock_basic",
        "ts_code,symbol,name,area,industry,market,list_status,list_date,delist_date",
        "ts_code,list_status,exchange",
        "",
        "",
        6000,
        "600519.SH",
        "600519",
        "贵州茅台",
        "贵州",
        "白酒",
        "主板",
        "L",
        "20010827",
        null,
        "000001.SZ",
        "000001",
        "平安银行",
        "深圳",
        "银行",
        "主板",
        "L",
        "19910403",
        null,
        "T00018.SH",
        "T00018",
        "上港集箱(退)",
        null,
        null,
        "主板",
        "D",
        "20000719",
        "20061020",
        "600087.SH",
        "600087",
        "退市长油",
        "南京",
        "水运",
        "主板",
        "D",
        "19970612",
        "20140605");
  }

  private static void flows(TushareDouble to) {
    List<Object> flows = new ArrayList<>();
    List<Object> margin = new ArrayList<>();
    for (String code : CODES) {
      for (String day : DAYS.subList(2, 5)) {
        flows.addAll(
            List.of(code, day, 1000.5, 1100.0, 2000.0, 2100.0, 3000.0, 3100.0, 4000.25, 3900.75));
        margin.addAll(List.of(code, day, 1.5e10, 2.5e8, 1e7, 1000.0));
      }
    }
    to.api(
        "moneyflow",
        "ts_code,trade_date,buy_sm_amount,sell_sm_amount,buy_md_amount,sell_md_amount,"
            + "buy_lg_amount,sell_lg_amount,buy_elg_amount,sell_elg_amount",
        "ts_code,trade_date,start_date,end_date",
        "",
        "trade_date",
        6000,
        flows.toArray());
    to.api(
        "margin_detail",
        "ts_code,trade_date,rzye,rzmre,rqye,rqyl",
        "ts_code,trade_date,start_date,end_date",
        "",
        "trade_date",
        6000,
        margin.toArray());
    to.api(
        "top_inst",
        "trade_date,ts_code,exalter,side,buy,buy_rate,sell,sell_rate,net_buy,reason",
        "trade_date,ts_code",
        "trade_date",
        "trade_date",
        10000,
        "20240104",
        "000001.SZ",
        "机构专用",
        "0",
        19627524.05,
        1.0,
        25593683.67,
        1.0,
        0.0,
        "日涨幅偏离值达7%的证券",
        "20240104",
        "000001.SZ",
        "机构专用",
        "1",
        19627524.05,
        1.0,
        25593683.67,
        1.0,
        0.0,
        "日涨幅偏离值达7%的证券",
        "20240105",
        "600519.SH",
        "某某证券营业部",
        0,
        1000000,
        1.0,
        null,
        1.0,
        0.0,
        "连续三个交易日内涨幅偏离值累计20%");
  }

  private static void reports(TushareDouble to) {
    String params = "ts_code,ann_date,f_ann_date,start_date,end_date,period,report_type,comp_type";
    to.api(
        "income",
        "ts_code,ann_date,f_ann_date,end_date,report_type,revenue,n_income_attr_p",
        params,
        "ts_code",
        "ann_date",
        8000,
        "600519.SH",
        "20231021",
        "20231021",
        "20230930",
        "1",
        1.03e11,
        5.287e10,
        "600519.SH",
        "20231021",
        "20240108",
        "20230930",
        "1",
        1.04e11,
        5.3e10,
        "000001.SZ",
        "20231025",
        "20231025",
        "20230930",
        "1",
        1.276e11,
        3.963e10);
    to.api(
        "balancesheet",
        "ts_code,ann_date,f_ann_date,end_date,report_type,total_hldr_eqy_exc_min_int,total_liab,goodwill",
        params,
        "ts_code",
        "ann_date",
        8000,
        "600519.SH",
        "20231021",
        "20231021",
        "20230930",
        "1",
        2.1e11,
        4e10,
        null,
        "000001.SZ",
        "20231025",
        "20231025",
        "20230930",
        "1",
        4.6e11,
        5e12,
        7.568e9);
    to.api(
        "cashflow",
        "ts_code,ann_date,f_ann_date,end_date,report_type,n_cashflow_act",
        params,
        "ts_code",
        "ann_date",
        8000,
        "600519.SH",
        "20231021",
        "20231021",
        "20230930",
        "1",
        5e10,
        "000001.SZ",
        "20231025",
        "20231025",
        "20230930",
        "1",
        -1e9);
    to.api(
        "fina_indicator",
        "ts_code,ann_date,end_date,profit_dedt",
        "ts_code,ann_date,start_date,end_date,period",
        "ts_code",
        "ann_date",
        100,
        "600519.SH",
        "20231021",
        "20230930",
        5.28e10,
        "600519.SH",
        "20231021",
        "20230930",
        5.28e10);
  }

  private static void rest(TushareDouble to) {
    to.api(
        "news",
        "datetime,content,title,channels,src",
        "start_date,end_date,src",
        "start_date,end_date,src",
        "datetime",
        1500,
        "2024-01-05 09:31:05",
        "沪指高开。",
        null,
        null,
        "sina",
        "2024-01-04 20:15:00",
        "某公司公告。",
        "公告",
        null,
        "eastmoney");
    to.api(
        "dividend",
        "ts_code,end_date,ann_date,div_proc,stk_div,stk_bo_rate,stk_co_rate,cash_div,cash_div_tax,"
            + "record_date,ex_date,pay_date,div_listdate,imp_ann_date",
        "ts_code,ann_date,record_date,ex_date,imp_ann_date",
        "ts_code",
        "",
        2000,
        "600519.SH",
        "20221231",
        "20230331",
        "预案",
        0,
        null,
        null,
        0,
        25.911,
        null,
        null,
        null,
        null,
        null,
        "600519.SH",
        "20221231",
        "20230331",
        "实施",
        0,
        null,
        null,
        23.32,
        25.911,
        "20230629",
        "20230630",
        "20230630",
        null,
        "20230624",
        "000001.SZ",
        "20221231",
        "20230309",
        "实施",
        0.3,
        0.3,
        null,
        0.285,
        0.285,
        "20230613",
        "20230614",
        "20230614",
        null,
        "20230607");
    to.api(
        "stk_mins",
        "ts_code,trade_time,open,close,high,low,vol,amount",
        "ts_code,freq,start_date,end_date",
        "ts_code,freq",
        "trade_time",
        8000,
        "600519.SH",
        "2024-01-04 09:31:00",
        1700.0,
        1700.5,
        1701.0,
        1699.0,
        12300,
        2.09e7,
        "600519.SH",
        "2024-01-04 09:30:00",
        1700.0,
        1700.0,
        1700.0,
        1700.0,
        4500,
        7.65e6,
        "000001.SZ",
        "2024-01-04 09:31:00",
        9.01,
        9.02,
        9.02,
        9.0,
        100000,
        901500.0);
  }
}
