package io.qilin.core.factor;

import java.util.List;

/** The formulas of {@link Alpha101}, one a line, in the order of the paper. */
final class Alpha101Formulas {
  private static final String TEXT = """
      CSRank(IdxMax(Sign(If($close/Ref($close,1)-1<0,Std($close/Ref($close,1)-1,20),$close))*Abs(If($close/Ref($close,1)-1<0,Std($close/Ref($close,1)-1,20),$close))**2,5))-0.5
      -1*Corr(CSRank(Delta(Log($volume),2)),CSRank(($close-$open)/$open),6)
      -1*Corr(CSRank($open),CSRank($volume),10)
      -1*Rank(CSRank($low),9)
      CSRank($open-Sum($vwap,10)/10)*(-1*Abs(CSRank($close-$vwap)))
      -1*Corr($open,$volume,10)
      If(Mean($amount,20)<$volume,-1*Rank(Abs(Delta($close,7)),60)*Sign(Delta($close,7)),-1*1)
      -1*CSRank(Sum($open,5)*Sum($close/Ref($close,1)-1,5)-Ref(Sum($open,5)*Sum($close/Ref($close,1)-1,5),10))
      If(0<Min(Delta($close,1),5),Delta($close,1),If(Max(Delta($close,1),5)<0,Delta($close,1),-1*Delta($close,1)))
      CSRank(If(0<Min(Delta($close,1),4),Delta($close,1),If(Max(Delta($close,1),4)<0,Delta($close,1),-1*Delta($close,1))))
      (CSRank(Max($vwap-$close,3))+CSRank(Min($vwap-$close,3)))*CSRank(Delta($volume,3))
      Sign(Delta($volume,1))*(-1*Delta($close,1))
      -1*CSRank(Cov(CSRank($close),CSRank($volume),5))
      -1*CSRank(Delta($close/Ref($close,1)-1,3))*Corr($open,$volume,10)
      -1*Sum(CSRank(Corr(CSRank($high),CSRank($volume),3)),3)
      -1*CSRank(Cov(CSRank($high),CSRank($volume),5))
      -1*CSRank(Rank($close,10))*CSRank(Delta(Delta($close,1),1))*CSRank(Rank($volume/Mean($amount,20),5))
      -1*CSRank(Std(Abs($close-$open),5)+($close-$open)+Corr($close,$open,10))
      -1*Sign($close-Ref($close,7)+Delta($close,7))*(1+CSRank(1+Sum($close/Ref($close,1)-1,250)))
      -1*CSRank($open-Ref($high,1))*CSRank($open-Ref($close,1))*CSRank($open-Ref($low,1))
      If(Sum($close,8)/8+Std($close,8)<Sum($close,2)/2,-1*1,If(Sum($close,2)/2<Sum($close,8)/8-Std($close,8),1,If((1<$volume/Mean($amount,20))|($volume/Mean($amount,20)==1),1,-1*1)))
      -1*(Delta(Corr($high,$volume,5),5)*CSRank(Std($close,20)))
      If(Sum($high,20)/20<$high,-1*Delta($high,2),0)
      If((Delta(Sum($close,100)/100,100)/Ref($close,100)<0.05)|(Delta(Sum($close,100)/100,100)/Ref($close,100)==0.05),-1*($close-Min($close,100)),-1*Delta($close,3))
      CSRank(-1*($close/Ref($close,1)-1)*Mean($amount,20)*$vwap*($high-$close))
      -1*Max(Corr(Rank($volume,5),Rank($high,5),5),3)
      If(0.5<CSRank(Sum(Corr(CSRank($volume),CSRank($vwap),6),2)/2.0),-1*1,1)
      CSScale(Corr(Mean($amount,20),$low,5)+($high+$low)/2-$close,1)
      Min(Product(CSRank(CSRank(CSScale(Log(Sum(Min(CSRank(CSRank(-1*CSRank(Delta($close-1,5)))),2),1)),1))),1),5)+Rank(Ref(-1*($close/Ref($close,1)-1),6),5)
      (1.0-CSRank(Sign($close-Ref($close,1))+Sign(Ref($close,1)-Ref($close,2))+Sign(Ref($close,2)-Ref($close,3))))*Sum($volume,5)/Sum($volume,20)
      CSRank(CSRank(CSRank(DecayLinear(-1*CSRank(CSRank(Delta($close,10))),10))))+CSRank(-1*Delta($close,3))+Sign(CSScale(Corr(Mean($amount,20),$low,12),1))
      CSScale(Sum($close,7)/7-$close,1)+20*CSScale(Corr($vwap,Ref($close,5),230),1)
      CSRank(-1*(1-$open/$close)**1)
      CSRank(1-CSRank(Std($close/Ref($close,1)-1,2)/Std($close/Ref($close,1)-1,5))+(1-CSRank(Delta($close,1))))
      Rank($volume,32)*(1-Rank($close+$high-$low,16))*(1-Rank($close/Ref($close,1)-1,32))
      2.21*CSRank(Corr($close-$open,Ref($volume,1),15))+0.7*CSRank($open-$close)+0.73*CSRank(Rank(Ref(-1*($close/Ref($close,1)-1),6),5))+CSRank(Abs(Corr($vwap,Mean($amount,20),6)))+0.6*CSRank((Sum($close,200)/200-$open)*($close-$open))
      CSRank(Corr(Ref($open-$close,1),$close,200))+CSRank($open-$close)
      -1*CSRank(Rank($close,10))*CSRank($close/$open)
      -1*CSRank(Delta($close,7)*(1-CSRank(DecayLinear($volume/Mean($amount,20),9))))*(1+CSRank(Sum($close/Ref($close,1)-1,250)))
      -1*CSRank(Std($high,10))*Corr($high,$volume,10)
      ($high*$low)**0.5-$vwap
      CSRank($vwap-$close)/CSRank($vwap+$close)
      Rank($volume/Mean($amount,20),20)*Rank(-1*Delta($close,7),8)
      -1*Corr($high,CSRank($volume),5)
      -1*(CSRank(Sum(Ref($close,5),20)/20)*Corr($close,$volume,2)*CSRank(Corr(Sum($close,5),Sum($close,20),2)))
      If(0.25<(Ref($close,20)-Ref($close,10))/10-(Ref($close,10)-$close)/10,-1*1,If((Ref($close,20)-Ref($close,10))/10-(Ref($close,10)-$close)/10<0,1,-1*1*($close-Ref($close,1))))
      CSRank(1/$close)*$volume/Mean($amount,20)*($high*CSRank($high-$close)/(Sum($high,5)/5))-CSRank($vwap-Ref($vwap,5))
      CSNeutralize(Corr(Delta($close,1),Delta(Ref($close,1),1),250)*Delta($close,1)/$close,$subindustry)/Sum((Delta($close,1)/Ref($close,1))**2,250)
      If((Ref($close,20)-Ref($close,10))/10-(Ref($close,10)-$close)/10<-1*0.1,1,-1*1*($close-Ref($close,1)))
      -1*Max(CSRank(Corr(CSRank($volume),CSRank($vwap),5)),5)
      If((Ref($close,20)-Ref($close,10))/10-(Ref($close,10)-$close)/10<-1*0.05,1,-1*1*($close-Ref($close,1)))
      (-1*Min($low,5)+Ref(Min($low,5),5))*CSRank((Sum($close/Ref($close,1)-1,240)-Sum($close/Ref($close,1)-1,20))/220)*Rank($volume,5)
      -1*Delta(($close-$low-($high-$close))/($close-$low),9)
      -1*(($low-$close)*$open**5)/(($low-$high)*$close**5)
      -1*Corr(CSRank(($close-Min($low,12))/(Max($high,12)-Min($low,12))),CSRank($volume),6)
      0-1*(CSRank(Sum($close/Ref($close,1)-1,10)/Sum(Sum($close/Ref($close,1)-1,2),3))*CSRank(($close/Ref($close,1)-1)*$cap))
      0-1*(($close-$vwap)/DecayLinear(CSRank(IdxMax($close,30)),2))
      -1*Rank(DecayLinear(Corr(CSNeutralize($vwap,$sector),$volume,3),7),5)
      -1*Rank(DecayLinear(Corr(CSNeutralize($vwap*0.728317+$vwap*(1-0.728317),$industry),$volume,4),16),8)
      0-1*(2*CSScale(CSRank(($close-$low-($high-$close))/($high-$low)*$volume),1)-CSScale(CSRank(IdxMax($close,10)),1))
      CSRank($vwap-Min($vwap,16))<CSRank(Corr($vwap,Mean($amount,180),17))
      (CSRank(Corr($vwap,Sum(Mean($amount,20),22),9))<CSRank(CSRank($open)+CSRank($open)<CSRank(($high+$low)/2)+CSRank($high)))*-1
      (CSRank(DecayLinear(Delta(CSNeutralize($close,$industry),2),8))-CSRank(DecayLinear(Corr($vwap*0.318108+$open*(1-0.318108),Sum(Mean($amount,180),37),13),12)))*-1
      (CSRank(Corr(Sum($open*0.178404+$low*(1-0.178404),12),Sum(Mean($amount,120),12),16))<CSRank(Delta(($high+$low)/2*0.178404+$vwap*(1-0.178404),3)))*-1
      (CSRank(Corr($open*0.00817205+$vwap*(1-0.00817205),Sum(Mean($amount,60),8),6))<CSRank($open-Min($open,13)))*-1
      (CSRank(DecayLinear(Delta($vwap,3),7))+Rank(DecayLinear(($low*0.96633+$low*(1-0.96633)-$vwap)/($open-($high+$low)/2),11),6))*-1
      CSRank($high-Min($high,2))**CSRank(Corr(CSNeutralize($vwap,$sector),CSNeutralize(Mean($amount,20),$subindustry),6))*-1
      (Rank(Corr(CSRank($high),CSRank(Mean($amount,15)),8),13)<CSRank(Delta($close*0.518371+$low*(1-0.518371),1)))*-1
      CSRank(Max(Delta(CSNeutralize($vwap,$industry),2),4))**Rank(Corr($close*0.490655+$vwap*(1-0.490655),Mean($amount,20),4),9)*-1
      CSRank(Delta($vwap,1))**Rank(Corr(CSNeutralize($close,$industry),Mean($amount,50),17),17)*-1
      Greater(Rank(DecayLinear(Corr(Rank($close,3),Rank(Mean($amount,180),12),18),4),15),Rank(DecayLinear(CSRank($low+$open-($vwap+$vwap))**2,16),4))
      CSRank(DecayLinear(Corr(($high+$low)/2,Mean($amount,40),8),10))/CSRank(DecayLinear(Corr(Rank($vwap,3),Rank($volume,18),6),2))
      Greater(CSRank(DecayLinear(Delta($vwap,4),2)),Rank(DecayLinear(Delta($open*0.147155+$low*(1-0.147155),2)/($open*0.147155+$low*(1-0.147155))*-1,3),16))*-1
      (CSRank(Corr($close,Sum(Mean($amount,30),37),15))<CSRank(Corr(CSRank($high*0.0261661+$vwap*(1-0.0261661)),CSRank($volume),11)))*-1
      CSRank(Corr($vwap,$volume,4))<CSRank(Corr(CSRank($low),CSRank(Mean($amount,50)),12))
      Greater(CSRank(DecayLinear(Delta($vwap,1),11)),Rank(DecayLinear(Rank(Corr(CSNeutralize($low,$sector),Mean($amount,81),8),19),17),19))*-1
      Less(CSRank(DecayLinear(($high+$low)/2+$high-($vwap+$high),20)),CSRank(DecayLinear(Corr(($high+$low)/2,Mean($amount,40),3),5)))
      CSRank(Corr(Sum($low*0.352233+$vwap*(1-0.352233),19),Sum(Mean($amount,40),19),6))**CSRank(Corr(CSRank($vwap),CSRank($volume),5))
      CSRank(Delta(CSNeutralize($close*0.60733+$open*(1-0.60733),$sector),1))<CSRank(Corr(Rank($vwap,3),Rank(Mean($amount,150),9),14))
      CSRank(Sign(Delta(CSNeutralize($open*0.868128+$high*(1-0.868128),$industry),4)))**Rank(Corr($high,Mean($amount,10),5),5)*-1
      (CSRank(Log(Product(CSRank(CSRank(Corr($vwap,Sum(Mean($amount,10),49),8))**4),14)))<CSRank(Corr(CSRank($vwap),CSRank($volume),5)))*-1
      Less(CSRank(DecayLinear(Delta($open,1),14)),Rank(DecayLinear(Corr(CSNeutralize($volume,$sector),$open*0.634196+$open*(1-0.634196),17),6),13))*-1
      CSRank(Ref(($high-$low)/(Sum($close,5)/5),2))*CSRank(CSRank($volume))/(($high-$low)/(Sum($close,5)/5)/($vwap-$close))
      Sign(Rank($vwap-Max($vwap,15),20))*Abs(Rank($vwap-Max($vwap,15),20))**Delta($close,4)
      CSRank(Corr($high*0.876703+$close*(1-0.876703),Mean($amount,30),9))**CSRank(Corr(Rank(($high+$low)/2,3),Rank($volume,10),7))
      (Rank(Corr($close,Sum(Mean($amount,20),14),6),20)<CSRank($open+$close-($vwap+$open)))*-1
      Greater(CSRank(DecayLinear(Delta($close*0.369701+$vwap*(1-0.369701),1),2)),Rank(DecayLinear(Abs(Corr(CSNeutralize(Mean($amount,81),$industry),$close,13)),4),14))*-1
      Less(CSRank(DecayLinear(CSRank($open)+CSRank($low)-(CSRank($high)+CSRank($close)),8)),Rank(DecayLinear(Corr(Rank($close,8),Rank(Mean($amount,60),20),8),6),2))
      Rank(DecayLinear(Corr($low*0.967285+$low*(1-0.967285),Mean($amount,10),6),5),3)-Rank(DecayLinear(Delta(CSNeutralize($vwap,$industry),3),10),15)
      CSRank($close-Max($close,4))**Rank(Corr(CSNeutralize(Mean($amount,40),$subindustry),$low,5),3)*-1
      (Rank(DecayLinear(DecayLinear(Corr(CSNeutralize($close,$industry),$volume,9),16),3),4)-CSRank(DecayLinear(Corr($vwap,Mean($amount,30),4),2)))*-1
      Less(Rank(DecayLinear(($high+$low)/2+$close<$low+$open,14),18),Rank(DecayLinear(Corr(CSRank($low),CSRank(Mean($amount,30)),7),6),6))
      Rank(DecayLinear(Corr(CSNeutralize($vwap,$industry),Mean($amount,81),17),19),7)/CSRank(DecayLinear(Delta($close*0.524434+$vwap*(1-0.524434),2),16))
      CSRank($vwap-Min($vwap,11))**Rank(Corr(Rank($vwap,19),Rank(Mean($amount,60),4),18),2)*-1
      CSRank($open-Min($open,12))<Rank(CSRank(Corr(Sum(($high+$low)/2,19),Sum(Mean($amount,40),19),12))**5,11)
      Greater(Rank(DecayLinear(Corr(CSRank($vwap),CSRank($volume),3),4),8),Rank(DecayLinear(IdxMax(Corr(Rank($close,7),Rank(Mean($amount,60),4),3),12),14),13))*-1
      (CSRank(DecayLinear(Delta(CSNeutralize($low*0.721001+$vwap*(1-0.721001),$industry),3),20))-Rank(DecayLinear(Rank(Corr(Rank($low,7),Rank(Mean($amount,60),17),4),18),15),6))*-1
      CSRank(DecayLinear(Corr($vwap,Sum(Mean($amount,5),26),4),7))-CSRank(DecayLinear(Rank(IdxMin(Corr(CSRank($open),CSRank(Mean($amount,15)),20),8),6),8))
      (CSRank(Corr(Sum(($high+$low)/2,19),Sum(Mean($amount,60),19),8))<CSRank(Corr($low,$volume,6)))*-1
      0-1*((1.5*CSScale(CSNeutralize(CSNeutralize(CSRank(($close-$low-($high-$close))/($high-$low)*$volume),$subindustry),$subindustry),1)-CSScale(CSNeutralize(Corr($close,CSRank(Mean($amount,20)),5)-CSRank(IdxMin($close,30)),$subindustry),1))*($volume/Mean($amount,20)))
      ($close-$open)/($high-$low+0.001)
      """;

  static final List<String> LIST = TEXT.lines().toList();

  private Alpha101Formulas() {}
}
