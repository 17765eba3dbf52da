"""Photographs as telephones make them (HEIC): made once, with an encoder that nothing here ships.

Each is 64 pixels wide and 48 high, blue on its left half and red on its right.
"""

import base64
import zlib


def _unpacked(text):
    return zlib.decompress(base64.b85decode(text))


PLAIN = _unpacked(
    "c-muNV30{GsVvAy%}izhg51nBLl8SRGck>UfiW{TwIq=N0u(b+a*CjAhJwuG5(YG&l$nzcHpIn&fe{FSfUy@s0|C"
    "ew<;={yG%yb&DhlMJGC_G6WyyvhCSO5jNiJN;%glnJ0w8@VvmiMiNS6VXIWsbYgeHI$$$en>^Y_OO1_plS1fUKH2"
    "Sy&o|NlV>m_aI-K}c>FlS3j<Qp<^v5lv=+LL=+6S5KDh+`*Aypa2wN1`!O3NkHXnE{q3@4|D=85y>nrNQHXC0g5$"
    "}a}o=nY>-P0pfm_D{r~^}1BeD<fr8A6OpqWm2L}g`63;Big@q_EkXRa-Sek*%%-objP=Lm2Fs>JF_^RG$|Np~@!1"
    "zBbR{QU-_wm|(ZPxt%hZZjSx5c;Yf#J4q_p{3KlHT05y|Zyv%QY#F{i4#ZFV8AWT6^@idf~d0?m6wd^l$(8HM#pr"
    "c9!C_^b7pg6w`$(u0{X=Ff@3r"
)
# Held so that its blue half is on top.
TURNED = _unpacked(
    "c-muNV30{GsVvAy%}izhg51nBLl8SRGck>UfpJT2YDppk1Sn>t<P<^K3<a6VB@Af5Br_);Y>0~k0}}%yh{bpVLIZ"
    "&#Pz(r|B;g_|Kx~njnU@CUfn-I2oK&zfpqh-bWJ3ldK}L`g*NRNAa=wDhl3WI;N`}vw1w{ow`f_GLaz2nQ1L}2VW"
    "CjUM04tLF!0_kqj~@&S{LBeJ9TE<VJdFSUgA_1>R4{{(+%6`EM4+UW6C)#<%mRf*)@iSvEZez*Bf~%eD8vjR7!;F"
    "$%Gq2P4;CNj1X?1JSzM3`^_v3}Yb56+7C_k`ml{B6u#f-$|NjB%bAf`)icF9oGY1C;kmAfN$}a(0&LELlkPC|eMg"
    "~UKMkbc#Rv=p{vnVwUD$bXjQk)D9a*)xvxhaXDxUtn>Trb@4)L6Lw-;OPguf8^ak<@K+wLjndv!o<tHY@k1fV>mF"
    "t4ezIMl(s+2>tuwb!AW2zFu{`CI%0YqYXd<*dT%J>&u`8<Z&=CG75ph1LS9jy#UXNZa4"
)
# Half see-through.
CLEAR = _unpacked(
    "c-muNV30{GsVvAy%}izhg51nBLl8SRGck>UfhjyUwIq=N0u(b+a*CjAhJwuG5(YG2l9`haHpIn&fr)_;#A2$3&_I"
    "v~6a$Iefs610u|;NPUK*GOk`)DVQo+iAYBI`_4H-}bnGk|}1(_we3{aJf(=rQ+3V?KeW<hd3P^=87%$boHD8w)Ut"
    "Vr$y!=JxDelRfbGbaFbNH{R^F#i7!QosyS!3;ujyO<mjfs$HIjErb93lthzr@eZzZ08P+3<CwA5HpBiP)q_UXLDg"
    "ZSbU%pXo*N>aX~87Zw^qbk(`rQ0A+*xZ2+ag-ueIk{|Bhg1qw1NGC_jO92^{=@CEyT1;m{H1LlK22p@<;d;n6w3|"
    "0YjD9i(@Ko6iw9B5(@i(Wlx*0Tc*3=BLCAi)+?xAVd5X9QWPo>*Gp4C0j*<yqwxq^4VCq?RRH85tOwS^=dpQ>?&|"
    "AfH)~3riiq2xn<zVrgbzVr^w&Yi|Y$No5wLra`6ofZB4vsRHEtvfPwJQ1Xe@U|cWU@KwFh{{M#)f$@J>toGku@8h"
    "-o+N}Bi4=r5uZ;Nl)1H*0K?q`+dCB3<AduQXUmTOWT`$eT+U!GN%wD#z2^}=;0-E-P^>EHhGYjXFM>@3A;=@<B~D"
    "W(foT#W!)z^TEwPW^pa6Vna=S-PwV"
)
# With a second picture, which is green.
TWO = _unpacked(
    "c-muNV30{GsVvAy%}izhg51nBLl8SRGck>UfpLFsYDppk1Sn>t<P<^K3<a6VB@Af5Br_);Y>0~k0}}%yh{gCALIX"
    "h}Pz(r|T;L+IKx~njnU@CUfn-I2oK&zfpqh-bWJ3lNK_-MCUqNO`E(260qeNywQ2~(sDYGCsA4r!0l{qsqgM=o47"
    "0G>I`1AM24+aK)<^-S)2?s_V#{d683YbAEm_bNx7n4IGP*Tf@kr7R1fkGqev{z4-?cBkUVW0pMVg?Zmib+7_Y%Yu"
    "kiw|@HEfL8qE=Yy?%>jxvl5-LZplp!84WKmGJOBUx{{Z#5KtX0jCP<K(gM$M}p8>Kyn0h3Aa+w9Wum}Q%IZGoGOE"
    "Uu#h-w9jwB@EGf}$x_gK@oZ!&mi2`~M$K1jheivD$xsy^q)SYqRG6KeTYszb(FH4-B_`yPs8-m-Obg?VXLYTCPcX"
    ">=%`OeR)=4(%Pf9)eG01bkAwurGNX!ugTq4va=MYrC;E`rkE~VaWw*Hfh59$M@QZNU;MWI&z-k*m7lJB008ghm*4"
)
# Of 8,000 by 6,400 pixels, all black.
LARGE = _unpacked(
    "c-rmSPe>F|9KiA4+i7WJx712;OUewwAhac-=#Y!8MC7e=<hp;_N3IUrlKnf>scsoXQ70k7P8FR(FzgU`=nz4NqC*"
    "gb<)uS}NwU3B>mUUF4tt63_+{tK>>F1<%q+5_h_n_e=YwM2X2mTfTS$iElFbxEOm8V)$;i^Oy_g#;FOMa#*@~=K+"
    "U?-*;x|dB#JDfF7`wC<8L4v*JFFclEN+H-o7_e|vb<G1n@xtp^?|LF{!V#mgL2^3<2J|+yY)pk?XdB}U89SWCcnw"
    "Ag}FJAdavId(ULN8Q>}&*yl{pWHaQVVW!#gUJ;tnfW=!UN$whB}J-X}BP-Ju55BE-o4}NOE9kMoUUX-5<q}(fQvS"
    ")()((kg(Z70G(LtxL@aNzmAJ5-u&Q2N8=1iUK|_c9}mrCi2gjYK=l<BeY1z4-f6d++uYHvGKw{AAaiV-MbZsZ5;c"
    "tl8l6bn$q#I`L`zR%Wbxqi>=6-NU5&aZZc8l~}MWLI13N=6+(fc}C=iL|)03DNI&X`^TGN8YPy(V%4olUxh)L{|p"
    "6X`}<MQ)%Y3&Ri+CAO?53OXlmtxRCS2Ad{r0tvsKmi%P1%^*FjJec?yCeZyp3i(GMUf@;g9K6!Sq)wC)-Rnhz!#K"
    "v2{Km!`xh2#U6HcIoaAfuLyT7zm1Xw}GH&4;Q1ReVkpI4)F1_rh~lIYvSgHs&39MO+Ea_m!>p#&fuz9y<CiN)vP0"
    "2jBvpP7hG@=TyVh!7hG@=TyVh!7hG@=TyVh!7hD7vTyVh!7hD7vTyVh!7hD7vTyVh!7hD7vTyVh!7r_M=TyVh!7r"
    "_M=TyVh!7r_M=TyXt=TvNXRZdgJT"
)
# With a second picture of the same, which tells how far away each point of it is.
DEEP = CLEAR.replace(b"auxid:1", b"auxid:2")
# With a picture of another making, for screens that are brighter.
BRIGHT = CLEAR.replace(b"auxid:1", b"auxid:9")
