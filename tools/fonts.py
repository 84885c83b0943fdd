"""Cuts the fonts of the pages from the npm packages that wwwroot/fonts/SOURCE.md names.

Run: npm i --prefix FOLDER @fontsource-variable/ibm-plex-sans @fontsource/ibm-plex-sans-arabic @fontsource/ibm-plex-mono
     python3 tools/fonts.py FOLDER/node_modules/    (needs fonttools and brotli)
"""
import os
import sys
from fontTools import subset
from fontTools.ttLib import TTFont
src=sys.argv[1]
out=os.path.join(os.path.dirname(__file__),'..','src','Amana.Server','wwwroot','fonts','')
AR='U+060C,U+061B-061C,U+061F-0652,U+0654-0655,U+0660-0671,U+0674,U+0679-067F,U+0681,U+0685-0686,U+0688-0689,U+0691,U+0693,U+0696,U+0698,U+069A,U+069C,U+06A4,U+06A7-06A9,U+06AB,U+06AD,U+06AF,U+06B3,U+06BA-06BC,U+06BE,U+06C0-06C3,U+06C6-06C8,U+06CB-06CD,U+06D0,U+06D2-06D5,U+06F0-06F9,U+200C-200E,U+25CC,U+20'
LA='U+0020-007E,U+00A0-00FF,U+0131,U+0152-0153,U+2010-2014,U+2018-201A,U+201C-201E,U+2022,U+2026,U+202F,U+2039-203A,U+2032-2033,U+20AC,U+2122,U+2190-2193,U+2212'
def make(path,name,uni,family,feats):
    o=subset.Options(); o.flavor='woff2'; o.hinting=False; o.layout_features=feats; o.name_IDs=[0,1,2,3,4,5,6,13,14]; o.notdef_outline=True
    f=subset.load_font(src+path,o); s=subset.Subsetter(o); s.populate(unicodes=subset.parse_unicodes(uni)); s.subset(f)
    for r in list(f['name'].names):
        if r.nameID in (1,3,4,6,16,25): f['name'].setName(family.replace(' ','') if r.nameID in (6,25) else family, r.nameID, r.platformID, r.platEncID, r.langID)
        elif r.nameID==0: f['name'].setName('Subset of a font Copyright 2019 IBM Corp., renamed as its licence asks.',0,r.platformID,r.platEncID,r.langID)
    subset.save_font(f,out+name,o)
    print(name,os.path.getsize(out+name))
F=['kern','liga','calt','ccmp','locl','mark','mkmk','tnum','zero','init','medi','fina','isol','rlig','curs','case']
make('@fontsource-variable/ibm-plex-sans/files/ibm-plex-sans-latin-wght-normal.woff2','sans-latin.woff2',LA,'Amana Sans',F)
for w in (400,500,600): make(f'@fontsource/ibm-plex-sans-arabic/files/ibm-plex-sans-arabic-arabic-{w}-normal.woff2',f'sans-arabic-{w}.woff2',AR,'Amana Sans Arabic',F)
make('@fontsource/ibm-plex-mono/files/ibm-plex-mono-latin-400-normal.woff2','mono-latin.woff2','U+0020-007E,U+00A0,U+00B7,U+2013-2014,U+2018-2019,U+2026,U+2190-2193,U+2212','Amana Mono',F)
